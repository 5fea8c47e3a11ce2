package io.snowball.consent.paper;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in a document, from top to bottom. */
public final class Paper {
    private static final String NOTHING = "—";

    private final String title;
    private final List<Block> blocks = new ArrayList<>();

    sealed interface Block {}

    record Heading(String text) implements Block {}

    record Text(String text) implements Block {}

    record Item(String text) implements Block {}

    /** What it is, and what it says. */
    record Line(String label, String text) implements Block {}

    /** A place to sign by hand, or to name the signature that the file carries. */
    record Signature(String who) implements Block {}

    private Paper(String title) {
        this.title = title;
    }

    public static Paper titled(String title) {
        return new Paper(title);
    }

    public Paper heading(String text) {
        return add(new Heading(text));
    }

    /** Each line of the text becomes a paragraph. */
    public Paper text(@Nullable String text) {
        (text == null ? NOTHING : text).lines().filter(line -> !line.isBlank()).forEach(line -> add(new Text(line)));
        return this;
    }

    public Paper item(String text) {
        return add(new Item(text));
    }

    public Paper items(List<String> texts) {
        if (texts.isEmpty()) {
            return add(new Text(NOTHING));
        }
        texts.forEach(this::item);
        return this;
    }

    public Paper line(String label, @Nullable Object text) {
        String value = text == null || text.toString().isBlank() ? NOTHING : text.toString();
        return add(new Line(label, value));
    }

    public Paper signature(@Nullable String who) {
        return add(new Signature(who == null ? "" : who));
    }

    String title() {
        return title;
    }

    List<Block> blocks() {
        return blocks;
    }

    private Paper add(Block block) {
        blocks.add(block);
        return this;
    }
}
