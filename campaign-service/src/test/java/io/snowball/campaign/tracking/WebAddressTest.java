package io.snowball.campaign.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://shop.example/sale?a=1&b=%D0%B0#top|https://shop.example/sale?a=1&b=%D0%B0#top",
                "HTTPS://shop.example|https://shop.example",
                "https://магазин.рф/скидка?для=вас#да|https://xn--80aairftm.xn--p1ai/%D1%81%D0%BA%D0%B8%D0%B4%D0%BA%D0%B0?%D0%B4%D0%BB%D1%8F=%D0%B2%D0%B0%D1%81#%D0%B4%D0%B0",
                "https://shop.example/a b\"<c>|https://shop.example/a%20b%22%3Cc%3E",
                "http://shop.example:8080/?f[brand]=1|http://shop.example:8080/?f[brand]=1",
            })
    void isWrittenInAscii(String written, String ascii) {
        assertThat(WebAddress.ascii(written)).hasValue(ascii);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://shop.example/",
                "https://",
                "https:///shop.example",
                "https://user@shop.example/",
                "https://shop.example:port/",
                "https://shop example/",
                "https://shop..example/",
                "https://shop.example\\@evil.example/",
                "https://shop.example/\r\nSet-Cookie: a=b",
                "https://shop.example/\u0000",
                "https://shop.example/\ud800"
            })
    void whatIsNoPlainAddressIsNone(String written) {
        assertThat(WebAddress.ascii(written)).isEmpty();
    }

    @Test
    void isItsOwnAsciiForm() {
        String ascii = WebAddress.ascii("https://магазин.рф/скидка 10 %").orElseThrow();
        assertThat(WebAddress.ascii(ascii)).hasValue(ascii);
    }
}
