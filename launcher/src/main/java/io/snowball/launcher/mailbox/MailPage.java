package io.snowball.launcher.mailbox;

import static io.snowball.launcher.mailbox.MailboxPages.escaped;

import io.snowball.launcher.mailbox.MailReader.Field;
import io.snowball.launcher.mailbox.MailReader.ReadMail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** One mail: what it says, how it looks, and what it is made of. */
final class MailPage {
    /** Those that decide whether a mail is lawful and arrives. */
    private static final Set<String> HEADERS_THAT_MATTER = Set.of(
            "date",
            "reply-to",
            "message-id",
            "list-unsubscribe",
            "list-unsubscribe-post",
            "list-id",
            "feedback-id",
            "precedence",
            "auto-submitted",
            "dkim-signature");

    private MailPage() {}

    static String of(StoredMail mail, ReadMail read, String asked, boolean newer, boolean older) {
        String subject = mail.summary().subject();
        String view = view(asked, read);
        String body = """
                <article class=mail>
                <nav class=pager><a class=button href=/>← All mails</a><span></span>%s%s</nav>
                <h1>%s</h1>
                <div class=people>%s<div><div class=from>%s</div><div class=to>to %s</div></div><time datetime="%s">%s</time></div>
                <details class=headers><summary>Headers that matter</summary><dl>%s</dl></details>
                %s
                <nav class=tabs>%s</nav>
                %s
                </article>""".formatted(
                neighbour(mail.n() + 1, "↑ Newer", newer),
                neighbour(mail.n() - 1, "↓ Older", older),
                subject.isBlank() ? "<i>no subject</i>" : escaped(subject),
                MailboxPages.avatar(mail.summary().from()),
                escaped(mail.summary().from()),
                escaped(String.join(", ", mail.recipients())),
                mail.receivedAt(),
                MailboxPages.time(mail.receivedAt()),
                fields(read.headers().stream()
                        .filter(f -> HEADERS_THAT_MATTER.contains(f.name().toLowerCase(Locale.ROOT)))
                        .toList()),
                attachments(read),
                tabs(mail, read, view),
                content(mail, read, view));
        return MailboxPages.page(subject.isBlank() ? "Mail" : subject, MailboxPages.header(-1, ""), body, -1);
    }

    private static String view(String asked, ReadMail read) {
        return switch (asked) {
            case "html", "text", "headers", "source" -> asked;
            default -> read.html().isEmpty() ? "text" : "html";
        };
    }

    private static String neighbour(long n, String label, boolean there) {
        return there ? "<a class=button href=\"/messages/%d\">%s</a>".formatted(n, label) : "";
    }

    private static String tabs(StoredMail mail, ReadMail read, String view) {
        return tab(mail, "html", "HTML", view, read.html().isEmpty())
                + tab(mail, "text", "Text", view, read.text().isEmpty())
                + tab(mail, "headers", "All headers", view, false)
                + tab(mail, "source", "Source", view, false)
                + "<span></span><a href=\"/messages/%d/raw\">Raw, %s kB</a>"
                        .formatted(mail.n(), MailboxPages.grouped(Math.ceilDiv(mail.size(), 1000)));
    }

    private static String tab(StoredMail mail, String name, String label, String view, boolean absent) {
        if (absent) {
            return "<span class=absent>" + label + "</span>";
        }
        String current = name.equals(view) ? " aria-current=page" : "";
        return "<a href=\"/messages/%d?view=%s\"%s>%s</a>".formatted(mail.n(), name, current, label);
    }

    private static String content(StoredMail mail, ReadMail read, String view) {
        return switch (view) {
            case "html" ->
                "<iframe title=\"The mail\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" referrerpolicy=no-referrer src=\"/messages/%d/html\"></iframe>"
                        .formatted(mail.n());
            case "headers" -> "<dl class=all>" + fields(read.headers()) + "</dl>";
            case "source" ->
                "<pre class=source>" + escaped(new String(mail.source(), StandardCharsets.UTF_8)) + "</pre>";
            default -> "<pre class=text>" + escaped(read.text()) + "</pre>";
        };
    }

    private static String attachments(ReadMail read) {
        if (read.attachments().isEmpty()) {
            return "";
        }
        return read.attachments().stream()
                .map(name -> "<li>" + escaped(name) + "</li>")
                .collect(Collectors.joining("", "<ul class=attachments>", "</ul>"));
    }

    private static String fields(List<Field> fields) {
        return fields.stream()
                .map(f -> "<dt>" + escaped(f.name()) + "</dt><dd>" + escaped(f.value()) + "</dd>")
                .collect(Collectors.joining());
    }
}
