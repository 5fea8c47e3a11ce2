package io.snowball.campaign.template;

import java.util.List;
import java.util.stream.Collectors;

/** A template that can't be used; says where and why, never with a customer's value. */
public final class TemplateException extends RuntimeException {
    private final transient List<Mistake> mistakes;

    TemplateException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::sentence).collect(Collectors.joining(" ")));
        this.mistakes = List.copyOf(mistakes);
    }

    public List<Mistake> mistakes() {
        return mistakes;
    }

    /** @param part subject, html or text; {@code line} and {@code column} from 1, 0 where unknown */
    public record Mistake(String part, int line, int column, String message) {
        String sentence() {
            return line == 0 ? part + ": " + message : part + ", line " + line + ", column " + column + ": " + message;
        }
    }
}
