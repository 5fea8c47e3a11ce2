package io.snowball.gateway.secondfactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requirement r32, by the vectors of RFC 6238 (appendix B), RFC 4226 (appendix D) and RFC 4648 (section 10). */
class TotpTest {
    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    @ParameterizedTest
    @CsvSource({
        "59, 94287082",
        "1111111109, 07081804",
        "1111111111, 14050471",
        "1234567890, 89005924",
        "2000000000, 69279037",
        "20000000000, 65353130"
    })
    void r32CodesAreThoseOfRfc6238(long time, String code) {
        assertThat(Totp.code(SECRET, Totp.step(Instant.ofEpochSecond(time)), 8)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"0, 755224", "1, 287082", "2, 359152", "5, 254676", "9, 520489"})
    void r32SixDigitsAreThoseOfRfc4226(long step, String code) {
        assertThat(Totp.code(SECRET, step, 6)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "f, MY", "fo, MZXQ", "foo, MZXW6", "foob, MZXW6YQ", "fooba, MZXW6YTB", "foobar, MZXW6YTBOI"})
    void base32IsThatOfRfc4648(String text, String encoded) {
        assertThat(Totp.base32(text.getBytes(StandardCharsets.US_ASCII))).isEqualTo(encoded);
    }

    @ParameterizedTest
    @CsvSource({"-2, false", "-1, true", "0, true", "1, true", "2, false"})
    void r32ATelephoneMayBeAStepOff(int off, boolean accepted) {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        String code = Totp.code(SECRET, Totp.step(now) + off, 6);
        assertThat(Totp.matching(SECRET, code, now, 0).isPresent()).isEqualTo(accepted);
    }

    @Test
    void r32AStepIsUsedOnceAndNoneBeforeItAfterwards() {
        Instant now = Instant.ofEpochSecond(1_234_567_890);
        long step = Totp.step(now);
        String code = Totp.code(SECRET, step, 6);
        assertThat(Totp.matching(SECRET, code, now, step - 1)).hasValue(step);
        assertThat(Totp.matching(SECRET, code, now, step)).isEmpty();
        assertThat(Totp.matching(SECRET, Totp.code(SECRET, step - 1, 6), now, step))
                .isEmpty();
    }

    @Test
    void theAddressForTheAppIsEscaped() {
        assertThat(Totp.uri("Snowball", "m.petrova@shop.ru", SECRET))
                .isEqualTo("otpauth://totp/Snowball:m.petrova%40shop.ru?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=Snowball&algorithm=SHA1&digits=6&period=30");
    }

    @Test
    void r32AdminAndDpoNeedASecondFactorUnlessTheDoorIsOnThisMachine() {
        assertThat(SecondFactorRule.roles(Optional.empty(), "https://crm.example.ru"))
                .containsExactlyInAnyOrder("admin", "dpo");
        assertThat(SecondFactorRule.roles(Optional.empty(), "https://localhost.example.ru"))
                .isNotEmpty();
        for (String here : List.of("http://localhost:8080", "http://127.0.0.1:8080", "http://[::1]:8080")) {
            assertThat(SecondFactorRule.roles(Optional.empty(), here)).isEmpty();
        }
        assertThat(SecondFactorRule.roles(Optional.of(List.of("marketer")), "http://localhost:8080"))
                .containsExactly("marketer");
        assertThat(SecondFactorRule.roles(Optional.of(List.of("none")), "https://crm.example.ru"))
                .isEmpty();
        assertThatThrownBy(() -> SecondFactorRule.roles(Optional.of(List.of("amdin")), "https://crm.example.ru"))
                .hasMessageContaining("GATEWAY_LOGIN_SECOND_FACTOR_ROLES");
    }
}
