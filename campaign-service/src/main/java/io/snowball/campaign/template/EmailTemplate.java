package io.snowball.campaign.template;

import io.snowball.campaign.template.TemplateException.Mistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A compiled e-mail template. Keep it as long as you like and render it in any thread. */
public final class EmailTemplate {
    /** Every template may use it: the address at which this customer unsubscribes from this. */
    public static final String UNSUBSCRIBE_URL = "unsubscribe_url";

    /** The same for the address of this customer's preference page, in mails of any class. */
    public static final String PREFERENCES_URL = "preferences_url";

    private final LiquidText subject;
    private final LiquidText html;
    private final Optional<LiquidText> text;
    private final Origins origins;
    private final Optional<String> label;

    /**
     * @param text empty to have it made of the HTML
     * @param label what the law wants said of an advertisement, at the end of the mail
     */
    public record Source(String subject, String html, Optional<String> text, Optional<String> label) {
        public Source(String subject, String html, Optional<String> text) {
            this(subject, html, text, Optional.empty());
        }
    }

    public record Rendered(String subject, String html, String text) {}

    private EmailTemplate(
            LiquidText subject, LiquidText html, Optional<LiquidText> text, Origins origins, Optional<String> label) {
        this.label = label;
        this.subject = subject;
        this.html = html;
        this.text = text;
        this.origins = origins;
    }

    /** @throws TemplateException with all mistakes: what is no Liquid, and variables that {@code known} doesn't know */
    public static EmailTemplate compile(Source source, Variables known) {
        List<Mistake> mistakes = new ArrayList<>();
        LiquidText subject = LiquidText.compile("subject", false, source.subject(), known, mistakes);
        LiquidText html = LiquidText.compile("html", true, source.html(), known, mistakes);
        LiquidText text = source.text().isEmpty()
                ? null
                : LiquidText.compile("text", false, source.text().get(), known, mistakes);
        if (subject == null || html == null || !mistakes.isEmpty()) {
            throw new TemplateException(mistakes);
        }
        return new EmailTemplate(
                subject,
                html,
                Optional.ofNullable(text),
                Origins.of(source.html() + " " + source.text().orElse("")),
                source.label());
    }

    /**
     * Renders one mail. {@code values} are maps, lists, strings, numbers, booleans and java.time values; a missing one is empty.
     *
     * @throws TemplateException where this customer's values don't fit, or a limit is reached
     */
    public Rendered render(Map<String, ? extends @Nullable Object> values, Links links) {
        Map<String, @Nullable Object> all = new HashMap<>(values);
        links.unsubscribe().ifPresent(url -> all.put(UNSUBSCRIBE_URL, url));
        links.preferences().ifPresent(url -> all.put(PREFERENCES_URL, url));
        Links own = links.trackedWhere(origins::has);
        String body = LinkRewriter.html(html.render(all), own, label);
        String plain = text.map(t -> LinkRewriter.text(t.render(all), own)
                        + label.map(l -> "\n\n" + l + "\n").orElse(""))
                .orElseGet(() -> PlainText.of(body));
        return new Rendered(oneLine(subject.render(all)), body, plain);
    }

    /** A line break in a customer's name must not become one in a header. */
    private static String oneLine(String subject) {
        StringBuilder out = new StringBuilder(subject.length());
        for (int i = 0; i < subject.length(); i++) {
            char c = subject.charAt(i);
            boolean breaks = c <= ' ' || c == 127 || c == '\u0085' || c == '\u2028' || c == '\u2029';
            if (!breaks) {
                out.append(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
        return out.toString().strip();
    }
}
