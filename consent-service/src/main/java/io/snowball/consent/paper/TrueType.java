package io.snowball.consent.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** A TrueType font as far as a PDF needs it: widths of characters, and a font file of just the glyphs that a document has. */
final class TrueType {
    private static final int PARTS_FOLLOW = 0x20;
    private static final int WORDS = 0x01;
    private static final int ONE_SCALE = 0x08;
    private static final int TWO_SCALES = 0x40;
    private static final int MATRIX = 0x80;
    /** What a program needs to draw glyphs that it is told by their number. */
    private static final String[] KEPT = {"cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "prep"};

    private final String name;
    private final ByteBuffer font;
    private final Map<String, ByteBuffer> tables = new LinkedHashMap<>();
    private final int unitsPerEm;
    private final int metrics;
    private final int glyphs;
    private final boolean longOffsets;
    private final int characters;

    /** @param name as PDF has it, without spaces */
    TrueType(String name, byte[] file) {
        this.name = name;
        this.font = ByteBuffer.wrap(file);
        for (int i = 0; i < font.getShort(4); i++) {
            int entry = 12 + i * 16;
            String tag = new String(file, entry, 4, StandardCharsets.US_ASCII);
            tables.put(tag, font.slice(font.getInt(entry + 8), font.getInt(entry + 12)));
        }
        unitsPerEm = unsigned(table("head"), 18);
        longOffsets = table("head").getShort(50) == 1;
        metrics = unsigned(table("hhea"), 34);
        glyphs = unsigned(table("maxp"), 4);
        characters = unicodeTable();
    }

    static TrueType resource(String name, String path) {
        try (InputStream in = TrueType.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("The font " + path + " is missing from the application");
            }
            return new TrueType(name, in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String name() {
        return name;
    }

    /** In thousandths of the size, as PDF counts. */
    int width(int glyph) {
        return thousandths(unsigned(table("hmtx"), Math.min(glyph, metrics - 1) * 4));
    }

    int ascent() {
        return thousandths(table("hhea").getShort(4));
    }

    int descent() {
        return thousandths(table("hhea").getShort(6));
    }

    int[] box() {
        return new int[] {
            thousandths(table("head").getShort(36)),
            thousandths(table("head").getShort(38)),
            thousandths(table("head").getShort(40)),
            thousandths(table("head").getShort(42))
        };
    }

    /** @return 0, the box that stands for what the font doesn't have, where there is none */
    int glyph(int codePoint) {
        ByteBuffer cmap = table("cmap");
        int segments = unsigned(cmap, characters + 6) / 2;
        int ends = characters + 14;
        int starts = ends + segments * 2 + 2;
        for (int i = 0; i < segments; i++) {
            int start = unsigned(cmap, starts + i * 2);
            if (codePoint > unsigned(cmap, ends + i * 2)) {
                continue;
            }
            if (codePoint < start) {
                return 0;
            }
            int delta = starts + segments * 2 + i * 2;
            int ranges = delta + segments * 2;
            int range = unsigned(cmap, ranges);
            if (range == 0) {
                return (codePoint + cmap.getShort(delta)) & 0xffff;
            }
            int glyph = unsigned(cmap, ranges + range + (codePoint - start) * 2);
            return glyph == 0 ? 0 : (glyph + cmap.getShort(delta)) & 0xffff;
        }
        return 0;
    }

    /** A font file with the outlines of these glyphs only; their numbers stay. */
    byte[] subset(SortedSet<Integer> used) {
        SortedSet<Integer> kept = withParts(used);
        ByteBuffer outlines = table("glyf");
        ByteBuffer loca = ByteBuffer.allocate((glyphs + 1) * 4);
        ByteBuffer glyf = ByteBuffer.allocate(outlines.capacity());
        for (int glyph = 0; glyph < glyphs; glyph++) {
            loca.putInt(glyf.position());
            if (kept.contains(glyph)) {
                glyf.put(outlines.slice(offset(glyph), offset(glyph + 1) - offset(glyph)));
                glyf.position((glyf.position() + 3) & ~3);
            }
        }
        loca.putInt(glyf.position());
        byte[] head = bytes(table("head"));
        head[51] = 1;
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (String tag : KEPT) {
            ByteBuffer whole = tables.get(tag);
            if (whole != null) {
                parts.put(tag, bytes(whole));
            }
        }
        parts.put("head", head);
        parts.put("loca", loca.array());
        parts.put("glyf", Arrays.copyOf(glyf.array(), glyf.position()));
        return file(parts);
    }

    private SortedSet<Integer> withParts(SortedSet<Integer> used) {
        SortedSet<Integer> all = new TreeSet<>(used);
        all.add(0);
        used.forEach(glyph -> addParts(glyph, all));
        return all;
    }

    /** An accented letter may be made of other glyphs. */
    private void addParts(int glyph, SortedSet<Integer> all) {
        int from = offset(glyph);
        ByteBuffer outlines = table("glyf");
        if (offset(glyph + 1) == from || outlines.getShort(from) >= 0) {
            return;
        }
        int at = from + 10;
        int flags;
        do {
            flags = unsigned(outlines, at);
            int part = unsigned(outlines, at + 2);
            if (all.add(part)) {
                addParts(part, all);
            }
            at += 4 + ((flags & WORDS) != 0 ? 4 : 2);
            at += (flags & ONE_SCALE) != 0 ? 2 : (flags & TWO_SCALES) != 0 ? 4 : (flags & MATRIX) != 0 ? 8 : 0;
        } while ((flags & PARTS_FOLLOW) != 0);
    }

    private static byte[] file(Map<String, byte[]> parts) {
        int size = 12 + parts.size() * 16;
        int offset = size;
        for (byte[] part : parts.values()) {
            size += (part.length + 3) & ~3;
        }
        ByteBuffer file = ByteBuffer.allocate(size);
        int power = Integer.highestOneBit(parts.size());
        file.putInt(0x00010000).putShort((short) parts.size());
        file.putShort((short) (power * 16)).putShort((short) Integer.numberOfTrailingZeros(power));
        file.putShort((short) ((parts.size() - power) * 16));
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            file.put(part.getKey().getBytes(StandardCharsets.US_ASCII));
            file.putInt(sum(part.getValue())).putInt(offset).putInt(part.getValue().length);
            file.put(offset, part.getValue());
            offset += (part.getValue().length + 3) & ~3;
        }
        return file.array();
    }

    private static int sum(byte[] part) {
        ByteBuffer words = ByteBuffer.wrap(Arrays.copyOf(part, (part.length + 3) & ~3));
        int sum = 0;
        while (words.hasRemaining()) {
            sum += words.getInt();
        }
        return sum;
    }

    /** The table of format 4 for Unicode: every font that shows Russian has one. */
    private int unicodeTable() {
        ByteBuffer cmap = table("cmap");
        for (int i = 0; i < cmap.getShort(2); i++) {
            int offset = cmap.getInt(4 + i * 8 + 4);
            if (cmap.getShort(4 + i * 8) == 3 && cmap.getShort(offset) == 4) {
                return offset;
            }
        }
        throw new IllegalStateException("The font " + name + " has no table of Unicode characters");
    }

    private int offset(int glyph) {
        return longOffsets ? table("loca").getInt(glyph * 4) : unsigned(table("loca"), glyph * 2) * 2;
    }

    private int thousandths(int units) {
        return Math.round(units * 1000f / unitsPerEm);
    }

    private ByteBuffer table(String tag) {
        ByteBuffer table = tables.get(tag);
        if (table == null) {
            throw new IllegalStateException("The font " + name + " has no table " + tag);
        }
        return table;
    }

    private static byte[] bytes(ByteBuffer table) {
        byte[] bytes = new byte[table.capacity()];
        table.get(0, bytes);
        return bytes;
    }

    private static int unsigned(ByteBuffer table, int at) {
        return Short.toUnsignedInt(table.getShort(at));
    }
}
