package io.snowball.customer.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {
    @ParameterizedTest
    @CsvSource({
        "anna@example.ru, anna@example.ru, anna@example.ru",
        "' Anna.Ivanova@EXAMPLE.ru ', Anna.Ivanova@example.ru, anna.ivanova@example.ru",
        "a+b@пример.рф, a+b@xn--e1afmkfd.xn--p1ai, a+b@xn--e1afmkfd.xn--p1ai",
        "o'neil@sub.example.com, o'neil@sub.example.com, o'neil@sub.example.com"
    })
    void keepsHowAnAddressIsWrittenAndComparesItWithoutCase(String text, String value, String key) {
        Identity identity = Identity.email(text);
        assertThat(identity.value()).isEqualTo(value);
        assertThat(identity.key()).isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anna",
                "@example.ru",
                "anna@",
                "anna@localhost",
                "an na@example.ru",
                "anna@exa mple.ru",
                ".a@example.ru",
                "a..b@example.ru",
                "anna@-example.ru",
                "анна@example.ru",
                "anna@example.ru\u0000",
                "a@b@example.ru",
                "anna@1.2.3.4",
                "anna@example..ru",
                "\"a b\"@example.ru",
                "anna@example.ru\r\nBcc: x@example.ru"
            })
    void refusesWhatIsNoAddressWithoutRepeatingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.email(text))
                .satisfies(refused ->
                        assertThat(refused.getMessage()).doesNotContain("@localhost", "anna@exa mple", "анна"));
    }

    @Test
    void refusesAnAddressThatNoServerWouldTake() {
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.email("a".repeat(65) + "@example.ru"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Identity.email("a@" + "b".repeat(60) + ".ru".repeat(70) + ".ru"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+7 912 345-67-89",
                "8 (912) 345-67-89",
                "79123456789",
                "9123456789",
                " +7\u00a0912\u00a0345\u00a067\u00a089 "
            })
    void readsARussianNumberHoweverItIsWritten(String text) {
        assertThat(Identity.phone(text).key()).isEqualTo("+79123456789");
    }

    @Test
    void readsANumberOfAnotherCountry() {
        assertThat(Identity.phone("+375 29 123-45-67").key()).isEqualTo("+375291234567");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "12345", "8-800-BUY-MORE", "+7 912 345-67-8", "+7 912 345-67-890", "++79123456789", "+7999"})
    void refusesWhatIsNoNumber(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.phone(text));
    }

    @Test
    void normalisesOnceForAll() {
        Identity email = Identity.email("Anna@Пример.РФ");
        assertThat(Identity.email(email.value())).isEqualTo(email);
        Identity phone = Identity.phone("8 912 345 67 89");
        assertThat(Identity.phone(phone.value())).isEqualTo(phone);
    }
}
