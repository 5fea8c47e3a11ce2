package io.snowball.consent.paper;

import io.snowball.consent.paper.Paper.Heading;
import io.snowball.consent.paper.Paper.Item;
import io.snowball.consent.paper.Paper.Line;
import io.snowball.consent.paper.Paper.Signature;
import io.snowball.consent.paper.Paper.Text;

/** A paper as one HTML page that loads nothing. */
final class PaperHtml {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="ru">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>%s</title>
            <style>
            body { max-width: 46rem; margin: 2rem auto; padding: 0 1.25rem; color: #14213d; font: 1rem/1.5 "PT Sans", system-ui, sans-serif }
            h1 { font-size: 1.4rem } h2 { font-size: 1.05rem; margin: 1.5rem 0 .4rem } p { margin: .3rem 0 }
            dl { display: grid; grid-template-columns: minmax(9rem, 15rem) 1fr; gap: .25rem 1rem; margin: .3rem 0 }
            dt { color: #4a5a75 } dd { margin: 0; overflow-wrap: anywhere }
            .sign { margin-top: 2.5rem; display: flex; gap: 1rem } .sign i { flex: 0 0 12rem; border-bottom: 1px solid }
            </style>
            </head>
            <body>
            <h1>%s</h1>
            """;

    private PaperHtml() {}

    static String of(Paper paper) {
        String title = escaped(paper.title());
        StringBuilder html = new StringBuilder(HEAD.formatted(title, title));
        for (Paper.Block block : paper.blocks()) {
            html.append(
                            switch (block) {
                                case Heading heading -> "<h2>" + escaped(heading.text()) + "</h2>";
                                case Text text -> "<p>" + escaped(text.text()) + "</p>";
                                case Item item -> "<p>– " + escaped(item.text()) + "</p>";
                                case Line line ->
                                    "<dl><dt>" + escaped(line.label()) + "</dt><dd>" + escaped(line.text())
                                            + "</dd></dl>";
                                case Signature signature ->
                                    "<p class=\"sign\"><i></i><span>" + escaped(signature.who()) + "</span></p>";
                            })
                    .append('\n');
        }
        return html.append("</body>\n</html>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
