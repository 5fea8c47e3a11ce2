package io.snowball.campaign.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.snowball.campaign.template.EmailTemplate.Rendered;
import io.snowball.campaign.template.EmailTemplate.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkRewriterTest {
    private static final String UNSUBSCRIBE = "https://go.example/u/t1";
    private final List<String> asked = new ArrayList<>();
    private final Links links = new Links(
            url -> {
                asked.add(url);
                return "https://go.example/c/" + asked.size();
            },
            Optional.of("https://go.example/o/t1"),
            Optional.of(UNSUBSCRIBE));
    private final Links clicks = new Links(links.click(), Optional.empty(), Optional.empty());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<a href=\"https://a.example/?x=1&amp;y=2\">|https://a.example/?x=1&y=2",
                "<a class=b HREF='HTTP://a.example' id=c>|HTTP://a.example",
                "<a href=https://a.example/p>|https://a.example/p",
                "<a⏎  title=\"a > b\"⏎  href = \" https://a.example/ \"⏎>|https://a.example/",
                "<area href=\"https://a.example/\"/>|https://a.example/",
                "<!--[if mso]><v:roundrect href=\"https://a.example/\"></v:roundrect><![endif]-->|https://a.example/",
            })
    void linksAreTracked(String html, String url) {
        String out = LinkRewriter.html(html.replace("⏎", "\n"), clicks);
        assertThat(asked).containsExactly(url);
        assertThat(out).contains("\"https://go.example/c/1\"").doesNotContain("a.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a href=\"mailto:a@b.example\">",
                "<a href=\"tel:+7800\">",
                "<a href=\"#top\">",
                "<a name=x>",
                "<link href=\"https://a.example/s.css\">",
                "<img src=\"https://a.example/p.png\">",
                "<!-- <a href=\"https://a.example/\"> -->",
                "<style>a[href=\"https://a.example/\"] { } </style>",
                "1 < 2 and <a href=\"",
                "<a href",
                "<",
                "</",
                "<!--"
            })
    void everythingElseStaysAsItIs(String html) {
        assertThat(LinkRewriter.html(html, clicks)).isEqualTo(html);
        assertThat(asked).isEmpty();
    }

    @Test
    void pixelAndUnsubscribeGoBeforeTheEndOfTheBody() {
        assertThat(LinkRewriter.html("<html><body><p>x</p></body></html>", links))
                .isEqualTo("<html><body><p>x</p><p style=\"font-size:12px;text-align:center\"><a href=\"" + UNSUBSCRIBE
                        + "\">Отписаться от рассылки</a></p><img src=\"https://go.example/o/t1\" width=\"1\" height=\"1\""
                        + " alt=\"\" style=\"display:block;border:0\"></body></html>");
        assertThat(LinkRewriter.html("<p>x</p>", links))
                .startsWith("<p>x</p><p style")
                .endsWith("border:0\">");
    }

    @Test
    void templatesOwnUnsubscribeLinkIsEnoughAndNotTracked() {
        EmailTemplate template = EmailTemplate.compile(
                new Source(
                        "s",
                        "<a href=\"{{ unsubscribe_url }}\">больше не писать</a>",
                        Optional.of("Не писать: {{ unsubscribe_url }}.")),
                Variables.of());
        Rendered mail = template.render(Map.of(), links);
        assertThat(mail.html()).containsOnlyOnce(UNSUBSCRIBE).doesNotContain("Отписаться");
        assertThat(mail.text()).isEqualTo("Не писать: " + UNSUBSCRIBE + ".");
        assertThat(asked).isEmpty();
    }

    @Test
    void r10TheLinkToThePreferencePageIsThePersonsAndNotTracked() {
        String preferences = "https://go.example/p/t1";
        EmailTemplate template = EmailTemplate.compile(
                new Source(
                        "s",
                        "<a href=\"{{ preferences_url }}\">выбрать</a>",
                        Optional.of("Выбрать: {{ preferences_url }}.")),
                Variables.of());
        Rendered mail = template.render(
                Map.of(), new Links(links.click(), Optional.empty(), Optional.empty(), Optional.of(preferences)));
        assertThat(mail.html()).isEqualTo("<a href=\"" + preferences + "\">выбрать</a>");
        assertThat(mail.text()).isEqualTo("Выбрать: " + preferences + ".");
        assertThat(asked).isEmpty();
    }

    @Test
    void textPartIsTrackedAndHasAWayOut() {
        assertThat(LinkRewriter.text("См. https://a.example/x?y=1. И (https://b.example)!\n", links))
                .isEqualTo("См. https://go.example/c/1. И (https://go.example/c/2)!\n\nОтписаться от рассылки: "
                        + UNSUBSCRIBE + "\n");
        assertThat(asked).containsExactly("https://a.example/x?y=1", "https://b.example");
    }

    @Test
    void textIsMadeOfTheHtml() {
        String html = """
                <html><head><title>t</title><style>p { color: red }</style></head><body>
                <h1>Привет,&nbsp;Анна &amp; Co</h1>
                <p>Первая
                   строка<br>вторая</p><!-- nothing -->
                <ul><li>чай</li><li><a href="https://a.example/m">мёд</a></li></ul>
                <table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>
                <a href="https://a.example/"><img src="x.png"></a>
                </body></html>
                """;
        assertThat(PlainText.of(html)).isEqualTo("""
                Привет, Анна & Co

                Первая строка
                вторая

                - чай
                - мёд (https://a.example/m)

                1 2
                3

                (https://a.example/)
                """);
    }
}
