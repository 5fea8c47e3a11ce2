package io.snowball.consent.paper;

import io.snowball.consent.paper.Paper.Heading;
import io.snowball.consent.paper.Paper.Item;
import io.snowball.consent.paper.Paper.Line;
import io.snowball.consent.paper.Paper.Signature;
import io.snowball.consent.paper.Paper.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lays a paper out on pages of A4, from top to bottom. One for each document: it counts as it goes. */
final class PaperPdf {
    private static final TrueType REGULAR = TrueType.resource("PTSans-Regular", "/fonts/PTS55F.ttf");
    private static final TrueType BOLD = TrueType.resource("PTSans-Bold", "/fonts/PTS75F.ttf");

    /** In points, 72 an inch. */
    private static final float WIDTH = 595.28f;

    private static final float HEIGHT = 841.89f;
    private static final float MARGIN = 62;
    private static final float FULL = WIDTH - 2 * MARGIN;
    private static final float LABEL = 150;
    private static final float SIZE = 10.5f;
    private static final String INK = "0.1";
    private static final String SOFT = "0.4";

    private final PdfFont regular = new PdfFont(REGULAR);
    private final PdfFont bold = new PdfFont(BOLD);
    private final List<StringBuilder> pages = new ArrayList<>();
    private float top;

    private PaperPdf() {}

    /** @param createdAt what the file says of itself */
    static byte[] of(Paper paper, Instant createdAt) {
        PaperPdf pdf = new PaperPdf();
        pdf.layOut(paper);
        return pdf.file(paper.title(), createdAt);
    }

    private void layOut(Paper paper) {
        newPage();
        write(bold, 16, MARGIN, FULL, INK, paper.title());
        top -= 8;
        for (Paper.Block block : paper.blocks()) {
            switch (block) {
                case Heading heading -> {
                    top -= 10;
                    // A heading alone at the foot of a page is no heading.
                    room(60);
                    write(bold, 11.5f, MARGIN, FULL, INK, heading.text());
                    top -= 2;
                }
                case Text text -> write(regular, SIZE, MARGIN, FULL, INK, text.text());
                case Item item -> {
                    room(SIZE * 1.4f);
                    show(regular, SIZE, MARGIN + 2, top - SIZE, INK, "–");
                    write(regular, SIZE, MARGIN + 14, FULL - 14, INK, item.text());
                }
                case Line line -> line(line);
                case Signature signature -> {
                    room(60);
                    top -= 38;
                    page().append("/G CS 0.4 SC 0.6 w %s %s m %s %s l S\n"
                            .formatted(n(MARGIN), n(top), n(MARGIN + 170), n(top)));
                    show(regular, SIZE, MARGIN + 182, top, INK, signature.who());
                    top -= 8;
                }
            }
            top -= 3;
        }
    }

    private void line(Line line) {
        List<String> label = wrapped(regular, SIZE, LABEL - 12, line.label());
        room(label.size() * SIZE * 1.4f);
        float start = top;
        for (int i = 0; i < label.size(); i++) {
            show(regular, SIZE, MARGIN, start - SIZE - i * SIZE * 1.4f, SOFT, label.get(i));
        }
        int before = pages.size();
        write(regular, SIZE, MARGIN + LABEL, FULL - LABEL, INK, line.text());
        if (pages.size() == before) {
            top = Math.min(top, start - label.size() * SIZE * 1.4f);
        }
    }

    private void write(PdfFont font, float size, float left, float width, String ink, String text) {
        for (String line : wrapped(font, size, width, text)) {
            room(size * 1.4f);
            show(font, size, left, top - size, ink, line);
            top -= size * 1.4f;
        }
    }

    private static List<String> wrapped(PdfFont font, float size, float width, String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            String rest = word;
            if (!line.isEmpty() && font.width(line + " " + rest, size) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            // A word longer than the line, such as a hash or an address, is cut.
            while (line.isEmpty() && font.width(rest, size) > width) {
                int end = fitting(font, size, width, rest);
                lines.add(rest.substring(0, end));
                rest = rest.substring(end);
            }
            line.append(line.isEmpty() ? "" : " ").append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    private static int fitting(PdfFont font, float size, float width, String word) {
        int end = word.offsetByCodePoints(0, 1);
        while (end < word.length() && font.width(word.substring(0, word.offsetByCodePoints(end, 1)), size) <= width) {
            end = word.offsetByCodePoints(end, 1);
        }
        return end;
    }

    private void show(PdfFont font, float size, float left, float baseline, String ink, String text) {
        page().append("BT /G cs %s sc /%s %s Tf %s %s Td %s Tj ET\n"
                .formatted(ink, font == bold ? "B" : "R", n(size), n(left), n(baseline), font.glyphs(text)));
    }

    private void room(float height) {
        if (top - height < MARGIN) {
            newPage();
        }
    }

    private void newPage() {
        pages.add(new StringBuilder());
        top = HEIGHT - MARGIN;
    }

    private StringBuilder page() {
        return pages.getLast();
    }

    private byte[] file(String title, Instant createdAt) {
        for (int i = 0; i < pages.size(); i++) {
            String footer = "%d / %d".formatted(i + 1, pages.size());
            pages.get(i)
                    .append("BT /G cs %s sc /R 8.5 Tf %s %s Td %s Tj ET\n"
                            .formatted(
                                    SOFT,
                                    n(WIDTH - MARGIN - regular.width(footer, 8.5f)),
                                    n(MARGIN / 2),
                                    regular.glyphs(footer)));
        }
        PdfFile file = new PdfFile();
        int tree = file.reserve();
        // A grey of its own and no colour of the device: so it needs no profile (ISO 19005-2, 6.2.4.3).
        String resources = "<< /Font << /R " + regular.addTo(file) + " 0 R /B " + bold.addTo(file)
                + " 0 R >> /ColorSpace << /G [/CalGray << /WhitePoint [0.9505 1 1.089] /Gamma 2.2 >>] >> >>";
        StringBuilder kids = new StringBuilder();
        for (StringBuilder page : pages) {
            int content = file.addStream("", page.toString().getBytes(StandardCharsets.US_ASCII), true);
            kids.append(file.add("<< /Type /Page /Parent " + tree + " 0 R /MediaBox [0 0 " + WIDTH + " " + HEIGHT
                            + "] /Resources " + resources + " /Contents " + content + " 0 R >>"))
                    .append(" 0 R ");
        }
        file.put(tree, "<< /Type /Pages /Count " + pages.size() + " /Kids [" + kids + "] >>");
        int about = file.addStream(
                "/Type /Metadata /Subtype /XML", about(title, createdAt).getBytes(StandardCharsets.UTF_8), false);
        return file.finish(file.add("<< /Type /Catalog /Pages " + tree + " 0 R /Metadata " + about
                + " 0 R /Lang (ru-RU) /ViewerPreferences << /DisplayDocTitle true >> >>"));
    }

    private static String about(String title, Instant createdAt) {
        return """
                <?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
                <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
                <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
                  xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
                <dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
                <xmp:CreateDate>%s</xmp:CreateDate><pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
                </rdf:Description></rdf:RDF></x:xmpmeta>
                <?xpacket end="w"?>
                """.formatted(title.replace("&", "&amp;").replace("<", "&lt;"), createdAt);
    }

    private static String n(float number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
