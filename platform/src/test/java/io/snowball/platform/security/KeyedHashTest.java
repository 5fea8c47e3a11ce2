package io.snowball.platform.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyedHashTest {
    /** RFC 4231, section 4.3. */
    private static final String HASH = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";

    @Test
    void isHmacSha256OfThePartsOneAfterTheOther() {
        KeyedHash hash = new KeyedHash("Jefe".getBytes(US_ASCII));
        for (int i = 0; i < 2; i++) {
            byte[] found = hash.of("what do ya want ".getBytes(US_ASCII), "for nothing?".getBytes(US_ASCII));
            assertThat(HexFormat.of().formatHex(found)).isEqualTo(HASH);
        }
        assertThat(HexFormat.of().formatHex(KeyedHash.key("Jefe", "what do ya want for nothing?")))
                .isEqualTo(HASH);
    }
}
