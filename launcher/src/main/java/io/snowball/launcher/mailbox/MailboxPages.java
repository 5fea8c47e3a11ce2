package io.snowball.launcher.mailbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The list of mails, and what every page has around it. */
final class MailboxPages {
    record Listing(List<StoredMail> mails, boolean older, boolean newest, String query, int total, long last) {}

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ENGLISH);
    private static final int COLOURS = 8;

    private MailboxPages() {}

    static String list(Listing listing) {
        String rows = listing.mails().stream().map(MailboxPages::row).collect(Collectors.joining());
        String body = rows.isEmpty() ? nothing(listing) : "<ol class=mails>" + rows + "</ol>" + pager(listing);
        return page(
                "Mailbox",
                header(listing.total(), listing.query()),
                body,
                listing.newest() && listing.query().isBlank() ? listing.last() : -1);
    }

    static String sorry(String sentence) {
        return page(
                "Mailbox",
                header(-1, ""),
                "<section class=empty><h1>Gone</h1><p>" + escaped(sentence)
                        + "</p><p><a class=button href=/>All mails</a></p></section>",
                -1);
    }

    /** {@code last} tells the script from which mail on to announce new ones; negative: not at all. */
    static String page(String title, String header, String body, long last) {
        return """
                <!doctype html>
                <html lang=en>
                <head>
                <meta charset=utf-8>
                <meta name=viewport content="width=device-width, initial-scale=1">
                <meta name=color-scheme content="light dark">
                <title>%s · Snowball</title>
                <link rel=icon href=/favicon.svg type=image/svg+xml>
                <link rel=stylesheet href=/mailbox.css>
                <script src=/mailbox.js defer></script>
                </head>
                <body data-last="%d">
                %s
                <main>
                %s
                </main>
                </body>
                </html>
                """.formatted(escaped(title), last, header, body);
    }

    static String header(int total, String query) {
        String count = total < 0 ? "" : "<span class=count>%s</span>".formatted(grouped(total));
        return """
                <header>
                <a class=brand href=/><img src=/favicon.svg alt="" width=26 height=26><b>Snowball</b> mailbox</a>%s
                <form action=/ role=search><input type=search name=q value="%s" placeholder="Subject or address" aria-label="Search" autocomplete=off></form>
                <button id=clear type=button%s>Empty</button>
                </header>""".formatted(count, escaped(query), total == 0 ? " disabled" : "");
    }

    private static String row(StoredMail mail) {
        String to = String.join(", ", mail.recipients());
        String subject = mail.summary().subject();
        return """
                <li><a href="/messages/%d">%s<span class=to>%s</span><span class=subject>%s</span><time datetime="%s">%s</time></a></li>
                """.formatted(
                        mail.n(),
                        avatar(to),
                        escaped(to),
                        subject.isBlank() ? "<i>no subject</i>" : escaped(subject),
                        mail.receivedAt(),
                        time(mail.receivedAt()));
    }

    static String avatar(String address) {
        String letter = address.isEmpty()
                ? "?"
                : address.substring(0, address.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT);
        return "<span class=\"avatar c%d\" aria-hidden=true>%s</span>"
                .formatted(Math.floorMod(address.hashCode(), COLOURS), escaped(letter));
    }

    private static String pager(Listing listing) {
        String search =
                listing.query().isBlank() ? "" : "&amp;q=" + URLEncoder.encode(listing.query(), StandardCharsets.UTF_8);
        String newest = listing.newest()
                ? ""
                : "<a class=button href=\"/?" + search.replaceFirst("^&amp;", "") + "\">← Newest</a>";
        String older = listing.older()
                ? "<a class=button href=\"/?before=%d%s\">Older →</a>"
                        .formatted(listing.mails().getLast().n(), search)
                : "";
        return "<nav class=pager>" + newest + "<span></span>" + older + "</nav>";
    }

    private static String nothing(Listing listing) {
        if (!listing.query().isBlank()) {
            return "<section class=empty><h1>Nothing found</h1><p>No mail with “" + escaped(listing.query())
                    + "” in its subject or addresses.</p><p><a class=button href=/>All mails</a></p></section>";
        }
        return "<section class=empty><h1>No mail yet</h1><p>Whatever Snowball sends arrives here and goes nowhere else."
                + " This page shows it by itself.</p></section>";
    }

    static String time(Instant at) {
        return TIME.withZone(ZoneId.systemDefault()).format(at);
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number).replace(',', '\u202f');
    }

    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }
}
