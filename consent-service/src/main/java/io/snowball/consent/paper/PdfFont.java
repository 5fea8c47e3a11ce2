package io.snowball.consent.paper;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A font in one document: it remembers what was written with it, and goes into the file with those glyphs only. */
final class PdfFont {
    private final TrueType font;
    private final SortedMap<Integer, Integer> written = new TreeMap<>();

    PdfFont(TrueType font) {
        this.font = font;
    }

    float width(String text, float size) {
        return text.codePoints().map(point -> font.width(font.glyph(point))).sum() * size / 1000;
    }

    /** The glyphs of a text as the content of a page names them. */
    String glyphs(String text) {
        StringBuilder hex = new StringBuilder("<");
        text.codePoints().forEach(point -> {
            int glyph = font.glyph(point);
            written.putIfAbsent(glyph, point);
            hex.append("%04x".formatted(glyph));
        });
        return hex.append('>').toString();
    }

    /** @return the number of the font's object */
    int addTo(PdfFile file) {
        // A subset has a tag of six letters before its name.
        String name = "SNOWPT+" + font.name();
        byte[] program = font.subset(new TreeSet<>(written.keySet()));
        int data = file.addStream("/Length1 " + program.length, program, true);
        int[] box = font.box();
        int descriptor = file.add("<< /Type /FontDescriptor /FontName /" + name + " /Flags 4 /FontBBox [" + box[0] + " "
                + box[1] + " " + box[2] + " " + box[3] + "] /ItalicAngle 0 /Ascent " + font.ascent() + " /Descent "
                + font.descent() + " /CapHeight 700 /StemV 80 /FontFile2 " + data + " 0 R >>");
        String widths = written.keySet().stream()
                .map(glyph -> glyph + " [" + font.width(glyph) + "]")
                .collect(Collectors.joining(" "));
        int descendant = file.add("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /" + name
                + " /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /CIDToGIDMap /Identity"
                + " /FontDescriptor " + descriptor + " 0 R /DW 0 /W [" + widths + "] >>");
        int unicode = file.addStream("", toUnicode().getBytes(StandardCharsets.US_ASCII), true);
        return file.add("<< /Type /Font /Subtype /Type0 /BaseFont /" + name
                + " /Encoding /Identity-H /DescendantFonts [" + descendant + " 0 R] /ToUnicode " + unicode + " 0 R >>");
    }

    /** So that the text can be searched and copied. */
    private String toUnicode() {
        StringBuilder map = new StringBuilder("""
                /CIDInit /ProcSet findresource begin 12 dict begin begincmap
                /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
                /CMapName /Adobe-Identity-UCS def /CMapType 2 def
                1 begincodespacerange <0000> <ffff> endcodespacerange
                """);
        for (Map.Entry<Integer, Integer> entry : written.entrySet()) {
            map.append("1 beginbfchar <%04x> <%04x> endbfchar\n".formatted(entry.getKey(), entry.getValue()));
        }
        return map.append("endcmap CMapName currentdict /CMap defineresource pop end end\n")
                .toString();
    }
}
