package io.snowball.campaign.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.campaign.template.EmailTemplate.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A tracked link bears our signature and our address: nobody but the template's author decides where it leads. */
class OriginsTest {
    private final List<String> asked = new ArrayList<>();
    private final Links links = new Links(
            url -> {
                asked.add(url);
                return "https://go.example/c/" + asked.size();
            },
            Optional.empty(),
            Optional.empty());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://shop.example/sale|https://shop.example/sale",
                "HTTPS://Shop.Example|https://shop.example/any?thing#here",
                "(см. https://shop.example).|https://shop.example/",
                "На https://магазин.рф: скидки|https://магазин.рф/скидка",
                "https://shop.example:8443/{{ key }}|https://shop.example:8443/a",
                "{% assign base = 'https://shop.example' %}|https://shop.example/a",
            })
    void linksToServersOfTheTemplateAreTracked(String source, String url) {
        assertThat(Origins.of(source).has(url)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/x",
                "http://shop.example/sale",
                "https://shop.example.evil.example/",
                "https://shop.example:8080/",
                "https://shop.example@evil.example/",
                "https://evil.example\\@shop.example/",
                "https://shop.example'.evil.example/",
                "https:///evil.example/",
                "https://"
            })
    void linksToAnyOtherServerAreNot(String url) {
        assertThat(Origins.of("<a href='https://shop.example/sale'> https:// ").has(url))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://shop{{ key }}",
                "https://shop.{% if key %}a{% endif %}",
                "https://{{ key }}",
                "https://shop" + ".example{{ key }}"
            })
    void aServerThatAValueDecidesOnIsNotTheAuthors(String source) {
        assertThat(Origins.of(source).all()).isEmpty();
    }

    @Test
    void customersNameNeverBecomesATrackedLink() {
        EmailTemplate template = EmailTemplate.compile(
                new Source(
                        "s",
                        "<p>{{ key }}</p><a href=\"{{ key }}\">x</a><a href=\"https://shop.example/sale\">y</a>",
                        Optional.of("{{ key }}, смотрите: https://shop.example/sale")),
                Variables.of("key"));
        var mail = template.render(Map.of("key", "https://evil.example/x"), links);
        assertThat(asked).containsExactly("https://shop.example/sale", "https://shop.example/sale");
        assertThat(mail.text()).isEqualTo("https://evil.example/x, смотрите: https://go.example/c/2");
    }
}
