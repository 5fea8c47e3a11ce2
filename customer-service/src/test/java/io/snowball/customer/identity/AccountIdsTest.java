package io.snowball.customer.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** H1, H3: one spelling of each account. */
class AccountIdsTest {
    @ParameterizedTest
    @CsvSource({
        "TELEGRAM, ' 0123456789 ', 123456789",
        "VK, id42, 42",
        "MAX, 42, 42",
        "WHATSAPP, 8 912 345 67 89, +79123456789",
        "COOKIE, 0198c1a2-aaaa, 0198c1a2-aaaa"
    })
    void readsAnAccountHoweverItIsWritten(IdentityKind kind, String text, String key) {
        Identity identity = Identity.of(kind, null, text);
        assertThat(identity.key()).isEqualTo(key);
        assertThat(Identity.of(kind, null, identity.value())).isEqualTo(identity);
    }

    @ParameterizedTest
    @CsvSource({
        "TELEGRAM, @anna",
        "TELEGRAM, 0",
        "VK, anna",
        "MAX, -5",
        "COOKIE, short",
        "COOKIE, has a space",
        "PUSH, short",
        "WEB_PUSH, http://push.example/abcdefgh",
        "WEB_PUSH, https:///abcdefgh",
        "WHATSAPP, 12"
    })
    void refusesWhatIsNone(IdentityKind kind, String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.of(kind, null, text));
    }

    @Test
    void comparesLongTokensByTheirHash() {
        Identity token = Identity.of(IdentityKind.PUSH, null, "t".repeat(4000));
        assertThat(token.key()).hasSize(64);
        assertThat(token.value()).hasSize(4000);
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.of(IdentityKind.PUSH, null, "t".repeat(5000)));
    }

    @Test
    void tellsExternalIdsOfTwoSystemsApartAndOnlyThose() {
        assertThat(Identity.of(IdentityKind.EXTERNAL_ID, "crm", "1"))
                .isNotEqualTo(Identity.of(IdentityKind.EXTERNAL_ID, null, "1"));
        assertThatIllegalArgumentException().isThrownBy(() -> Identity.of(IdentityKind.EMAIL, "crm", "a@example.ru"));
    }
}
