package io.snowball.platform.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTest {
    @Test
    void isADecimalNumberWithTwoPlacesInJson() throws Exception {
        ObjectMapper json = new ObjectMapper();
        assertThat(json.writeValueAsString(new Money(149_990))).isEqualTo("1499.90");
        assertThat(json.readValue("1499.9", Money.class)).isEqualTo(new Money(149_990));
        assertThat(json.readValue("-0.01", Money.class)).isEqualTo(new Money(-1));
    }

    @Test
    void refusesAThirdDecimalPlaceInsteadOfRounding() {
        assertThatThrownBy(() -> Money.parse("0.001")).hasMessage("amount must have at most two decimal places");
    }

    @Test
    void refusesANumberThatWouldFillTheMemory() {
        assertThatThrownBy(() -> Money.of(new BigDecimal("1e999999999"))).hasMessage("amount is too large");
        assertThatThrownBy(() -> Money.of(new BigDecimal("1e-999999999")))
                .hasMessage("amount must have at most two decimal places");
        assertThatThrownBy(() -> Money.parse("99999999999999999.00")).hasMessage("amount is too large");
    }

    @Test
    void refusesALongTextBeforeItIsReadAsANumber() {
        assertThatThrownBy(() -> Money.parse("1".repeat(1 << 20))).hasMessage("amount is too long");
        assertThat(Money.parse("0".repeat(30) + "12.50")).isEqualTo(new Money(1_250));
    }

    @Test
    void roundsHalfUpWhenDivided() {
        assertThat(new Money(10).dividedBy(4)).isEqualTo(new Money(3));
        assertThat(new Money(10).dividedBy(3)).isEqualTo(new Money(3));
    }

    @Test
    void refusesToOverflow() {
        assertThatThrownBy(() -> new Money(Long.MAX_VALUE).plus(new Money(1))).isInstanceOf(ArithmeticException.class);
    }
}
