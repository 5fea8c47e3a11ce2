package io.snowball.campaign.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.snowball.campaign.template.EmailTemplate.Rendered;
import io.snowball.campaign.template.EmailTemplate.Source;
import io.snowball.campaign.template.TemplateException.Mistake;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailTemplateTest {
    private static final Variables KNOWN = Variables.of(
            "customer.first_name", "customer.bonus", "customer.since", "customer.attributes.*", "products.*", "key");

    @Nested
    class Rendering {
        @Test
        void valuesLoopsAndFiltersGoIntoAllParts() {
            EmailTemplate template = EmailTemplate.compile(
                    new Source(
                            "{{ customer.first_name | default: 'Здравствуйте' }}, {{ customer.bonus }} бонусов",
                            "<ul>{% for p in products %}<li>{{ forloop.index }}. {{ p.title | upcase }}</li>{% endfor %}</ul>",
                            Optional.of("С нами с {{ customer.since | date: '%d.%m.%Y' }}\n")),
                    KNOWN);
            Rendered mail = template.render(
                    Map.of(
                            "customer",
                            Map.of("first_name", "Анна", "bonus", 150, "since", LocalDate.of(2024, 3, 9)),
                            "products",
                            List.of(Map.of("title", "чай"), Map.of("title", "мёд"))),
                    Links.UNTRACKED);

            assertThat(mail.subject()).isEqualTo("Анна, 150 бонусов");
            assertThat(mail.html()).isEqualTo("<ul><li>1. ЧАЙ</li><li>2. МЁД</li></ul>");
            assertThat(mail.text()).isEqualTo("С нами с 09.03.2024\n");
            assertThat(template.render(Map.of(), Links.UNTRACKED).subject()).isEqualTo("Здравствуйте, бонусов");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{{ key }}|&lt;b&gt;&amp;&quot;&#39;",
                    "{{ key }}{{ key }}|&lt;b&gt;&amp;&quot;&#39;&lt;b&gt;&amp;&quot;&#39;",
                    "{% assign x = key %}{{ x }}|&lt;b&gt;&amp;&quot;&#39;",
                    "{% capture x %}<i>{{ key }}</i>{% endcapture %}{{ x }}|<i>&lt;b&gt;&amp;&quot;&#39;</i>",
                    "{% cycle key, 'b' %}|&lt;b&gt;&amp;&quot;&#39;",
                    "{% for x in products %}{{ x }}{% endfor %}|&lt;1&gt;&lt;2&gt;",
                    "{{ products }}|&lt;1&gt;&lt;2&gt;",
                })
        void valuesAreEscapedWhereverTheyComeOut(String html, String expected) {
            String rendered = html(html, Map.of("key", "<b>&\"'", "products", List.of("<1>", "<2>")));
            assertThat(rendered).isEqualTo(expected);
        }

        @Test
        void filtersThatMakeHtmlAreNotEscapedAgain() {
            // Not through CsvSource: bars are Liquid's.
            Map<String, Object> values = Map.of("key", "<a>\n<b>");
            assertThat(html("{{ key | escape }}", values)).isEqualTo("&lt;a&gt;\n&lt;b&gt;");
            assertThat(html("{{ key | newline_to_br }}", values)).isEqualTo("&lt;a&gt;<br>\n&lt;b&gt;");
            assertThat(html("{{ key | newline_to_br | upcase }}", values)).doesNotContain("<BR>");
            assertThat(html("{{ key | append: '<i>' }}", values)).isEqualTo("&lt;a&gt;\n&lt;b&gt;&lt;i&gt;");
            assertThat(html("{% capture x %}yes{% endcapture %}{% if x == 'yes' %}same{% endif %}", values))
                    .isEqualTo("same");
        }

        @Test
        void subjectAndTextAreNotHtml() {
            EmailTemplate template =
                    EmailTemplate.compile(new Source("{{ key }}", "x", Optional.of("{{ key }}")), KNOWN);
            Rendered mail = template.render(Map.of("key", "Чай & \"мёд\"\r\nBcc: x@y"), Links.UNTRACKED);
            assertThat(mail.subject()).isEqualTo("Чай & \"мёд\" Bcc: x@y");
            assertThat(mail.text()).startsWith("Чай & \"мёд\"");
        }

        private static String html(String source, Map<String, ?> values) {
            return EmailTemplate.compile(new Source("s", source, Optional.empty()), KNOWN)
                    .render(new HashMap<>(values), Links.UNTRACKED)
                    .html();
        }
    }

    @Nested
    class Mistakes {
        @Test
        void unknownVariablesAreToldWithTheirPlace() {
            assertThat(
                            mistakes(
                                    "<p>\n  {{ customer.frist_name }} {{ custmer.bonus }}\n{% if nothing.at_all %}x{% endif %}"))
                    .containsExactly(
                            new Mistake(
                                    "html",
                                    2,
                                    6,
                                    "There is no variable customer.frist_name. Did you mean customer.first_name?"),
                            new Mistake(
                                    "html", 2, 32, "There is no variable custmer.bonus. Did you mean customer.bonus?"),
                            new Mistake("html", 3, 7, "There is no variable nothing.at_all."));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{% assign x = 1 %}{{ x }}",
                    "{% capture x %}1{% endcapture %}{{ x }}",
                    "{% for p in products %}{{ p.title }}{{ forloop.index }}{% endfor %}",
                    "{% for i in (1..3) %}{{ i }}{% endfor %}",
                    "{{ customer.attributes.any.thing }}",
                    "{{ customer['first_name'] }}",
                    "{{ customer[key] }}",
                    "{{ products.size }} {{ products.first.title }}{{ products[0].title }}",
                    "{{ unsubscribe_url }}",
                    "{{ preferences_url }}",
                    "{% increment n %}{{ n }}",
                    "{% comment %}{{ nothing }}{% endcomment %}{% raw %}{{ nothing }}{% endraw %}"
                })
        void whatATemplateSetsOrMayUseIsKnown(String html) {
            assertThat(mistakes(html)).isEmpty();
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '#',
                value = {
                    "a⏎{% if key %}x # 2",
                    "a⏎⏎{{ key | nosuchfilter }} # 3",
                    "a⏎{{ key # 2",
                    "a⏎{% nosuchtag %} # 2",
                    "a⏎{% include 'file' %} # 2",
                    "{% for p products %}{% endfor %} # 1"
                })
        void whatIsNoLiquidIsToldWithItsLine(String html, int line) {
            assertThat(mistakes(html.replace("⏎", "\n"))).singleElement().satisfies(mistake -> {
                assertThat(mistake.line()).isEqualTo(line);
                assertThat(mistake.message()).endsWith(".").doesNotContain("Exception");
            });
        }

        @Test
        void mistakesOfAllPartsComeTogether() {
            assertThatThrownBy(() ->
                            EmailTemplate.compile(new Source("{{ a }}", "{{ b }}", Optional.of("{{ c }}")), KNOWN))
                    .isInstanceOf(TemplateException.class)
                    .hasMessage("subject, line 1, column 4: There is no variable a. html, line 1, column 4: There is no"
                            + " variable b. text, line 1, column 4: There is no variable c.");
        }

        private static List<Mistake> mistakes(String html) {
            try {
                EmailTemplate.compile(new Source("s", html, Optional.empty()), KNOWN);
                return List.of();
            } catch (TemplateException e) {
                return e.mistakes();
            }
        }
    }

    @Nested
    class Limits {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{% for i in (1..1000000000) %}x{% endfor %}",
                    "{% for i in (1..1000) %}{% for j in (1..1000) %}x{% endfor %}{% endfor %}",
                    "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..100) %}{% assign s = s | append: s %}{% endfor %}{{ s }}",
                    "{% assign s = 'xxxxxxxxxx' %}{% for i in (1..16) %}{% assign s = s | append: s %}{% endfor %}"
                            + "{{ s | replace: 'x', s }}",
                    "{% assign a = 'a,b' | split: ',' %}{% for i in (1..100) %}{% assign a = a | concat: a %}{% endfor %}",
                    "{% capture s %}0123456789{% endcapture %}{% for i in (1..100) %}{% capture s %}{{ s }}{{ s }}{% endcapture %}{% endfor %}",
                    "{% assign x = 1.5 %}{% for i in (1..25) %}{% assign x = x | times: x %}{% endfor %}",
                    "{{ '1e999999999' | plus: 1 }}",
                    "{{ '1e999999999' | at_least: 1 }}",
                    "{{ 1.5 | round: 2000000000 }}",
                    "{{ '2026-01-01' | date: '%0999999999s' }}",
                    "{% assign s = 'x' %}{% for i in (1..19) %}{% assign s = s | append: s %}{% endfor %}"
                            + "{% assign a = 'a,b,c,d,e,f,g,h,i,j' | split: ',' %}{{ a | join: s }}",
                    "{% assign s = '<' %}{% for i in (1..19) %}{% assign s = s | append: s %}{% endfor %}{{ s | strip_html }}",
                    "{% assign s = 'x' %}{% for i in (1..18) %}{% assign s = s | append: s %}{% endfor %}"
                            + "{% for i in (1..1000) %}{% assign t = s | upcase %}{% endfor %}"
                })
        void templateThatWouldGrowOrRunWithoutEndIsStopped(String html) {
            EmailTemplate template = EmailTemplate.compile(new Source("s", html, Optional.empty()), KNOWN);
            assertThatThrownBy(() -> template.render(Map.of(), Links.UNTRACKED))
                    .isInstanceOf(TemplateException.class)
                    .hasMessageMatching(".*(loops run more than|grows beyond|too much to do).*");
        }

        @Test
        void everydayArithmeticIsNotLimited() {
            String html =
                    "{{ 1234567.89 | times: 1.2 | round: 2 }} {{ 10 | divided_by: 3.0 | round: 4 }} {{ '7' | plus: 1 }}"
                            + " {{ customer.bonus | minus: 0.5 }}";
            assertThat(EmailTemplate.compile(new Source("s", html, Optional.empty()), KNOWN)
                            .render(Map.of("customer", Map.of("bonus", 150)), Links.UNTRACKED)
                            .html())
                    .isEqualTo("1481481.47 3.3333 8 149.5");
        }

        @Test
        void hugeSourceIsRefused() {
            String html = "x".repeat(LiquidText.SOURCE_CHARS_MAX + 1);
            assertThatThrownBy(() -> EmailTemplate.compile(new Source("s", html, Optional.empty()), KNOWN))
                    .hasMessageContaining("shorten it");
        }

        @Test
        void deepNestingIsRefused() {
            String html = "{% if key %}".repeat(20_000) + "{% endif %}".repeat(20_000);
            assertThatThrownBy(() -> EmailTemplate.compile(new Source("s", html, Optional.empty()), KNOWN))
                    .hasMessageContaining("flatter");
        }

        @Test
        void failureDoesNotQuoteTheCustomer() {
            EmailTemplate template =
                    EmailTemplate.compile(new Source("s", "\n{{ key | times: 2 }}", Optional.empty()), KNOWN);
            assertThatThrownBy(() -> template.render(Map.of("key", "Анна"), Links.UNTRACKED))
                    .hasNoCause()
                    .hasMessageNotContainingAny("Анна")
                    .asInstanceOf(InstanceOfAssertFactories.type(TemplateException.class))
                    .extracting(e -> e.mistakes().getFirst().line())
                    .isEqualTo(2);
        }
    }

    /** liqp's own Template mixed up customers on four threads, and its tree keeps the key of an index in a node. */
    @Test
    void everyMailIsItsCustomersOwn() throws Exception {
        EmailTemplate template = EmailTemplate.compile(
                new Source(
                        "{{ customer.first_name }}",
                        "{% assign mine = customer.attributes[key] %}{% for p in products %}{% cycle 'a', 'b' %}{{ p }}:{{"
                                + " customer.attributes[key] }};{% endfor %}{% capture c %}{{ customer.bonus | plus: 1 }}{% endcapture %}{{"
                                + " mine }}/{{ c }}<a href=\"https://shop.example/{{ key }}\">x</a>",
                        Optional.empty()),
                KNOWN);
        int threads = 4;
        int each = 5_000;
        List<Callable<Integer>> work = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int from = t * each;
            work.add(() -> {
                int wrong = 0;
                for (int i = from; i < from + each; i++) {
                    wrong += isOwn(template, i) ? 0 : 1;
                }
                return wrong;
            });
        }
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            for (Future<Integer> wrong : pool.invokeAll(work)) {
                assertThat(wrong.get()).isZero();
            }
        }
    }

    private static boolean isOwn(EmailTemplate template, int i) {
        String key = "k" + i % 97;
        Map<String, Object> attributes = new HashMap<>();
        for (int k = 0; k < 97; k++) {
            attributes.put("k" + k, "v" + k + "-" + i);
        }
        Map<String, Object> values = Map.of(
                "customer", Map.of("first_name", "Имя" + i, "bonus", i, "attributes", attributes),
                "products", List.of("p" + i, "q" + i),
                "key", key);
        Links links = new Links(url -> url + "?c=" + i, Optional.empty(), Optional.empty());
        Rendered mail = template.render(values, links);
        String mine = "v" + i % 97 + "-" + i;
        String expected = "ap" + i + ":" + mine + ";bq" + i + ":" + mine + ";" + mine + "/" + (i + 1)
                + "<a href=\"https://shop.example/" + key + "?c=" + i + "\">x</a>";
        return mail.subject().equals("Имя" + i) && mail.html().equals(expected);
    }
}
