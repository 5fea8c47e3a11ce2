package io.snowball.campaign.template;

import io.snowball.campaign.template.LimitedFilter.LimitException;
import io.snowball.campaign.template.TemplateException.Mistake;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import liqp.TemplateContext;
import liqp.TemplateParser;
import liqp.exceptions.ExceededMaxIterationsException;
import liqp.exceptions.LiquidException;
import liqp.nodes.LNode;
import liqp.org.antlr.v4.runtime.tree.ParseTree;
import liqp.parser.Flavor;
import org.jspecify.annotations.Nullable;

/** One compiled Liquid text. */
final class LiquidText {
    static final int RENDERED_CHARS_MAX = 1_000_000;
    static final int SOURCE_CHARS_MAX = 500_000;
    static final int ITERATIONS_MAX = 10_000;

    private static final Pattern QUOTED = Pattern.compile("(?s)^\\w+ error \"(.*)\" on line \\d+, index \\d+$");
    private static final Pattern LINE = Pattern.compile("error on line (\\d+), index (\\d+)");

    private static final TemplateParser PARSER = new TemplateParser.Builder()
            .withFlavor(Flavor.LIQUID)
            // "98" from an import compares with 97 like a number, instead of failing for one customer in a million.
            .withStrictTypedExpressions(false)
            .withMaxIterations(ITERATIONS_MAX)
            .withMaxSizeRenderedString(RENDERED_CHARS_MAX)
            .withLocale(Locale.of("ru"))
            .withDefaultTimeZone(ZoneId.of("Europe/Moscow"))
            .build();

    private final String part;
    private final boolean html;
    private final ParseTree parsed;

    /**
     * Trees that are free now. A tree keeps state in its nodes while it renders (the key of an index, in liqp 0.9), so two renders never
     * share one; building is cheap against parsing and happens about once a thread.
     */
    private final Queue<LNode> trees = new ConcurrentLinkedQueue<>();

    private LiquidText(String part, boolean html, ParseTree parsed) {
        this.part = part;
        this.html = html;
        this.parsed = parsed;
    }

    /** Null where there are mistakes; they are added to {@code mistakes}. */
    static @Nullable LiquidText compile(
            String part, boolean html, String source, Variables known, List<Mistake> mistakes) {
        if (source.length() > SOURCE_CHARS_MAX) {
            mistakes.add(new Mistake(
                    part, 0, 0, "The template has more than " + SOURCE_CHARS_MAX + " characters: shorten it."));
            return null;
        }
        try {
            LiquidText compiled =
                    new LiquidText(part, html, PARSER.parse(source).getParseTree());
            compiled.trees.add(compiled.tree());
            List<Mistake> unknown = NameCheck.mistakes(part, compiled.parsed, known);
            mistakes.addAll(unknown);
            return unknown.isEmpty() ? compiled : null;
        } catch (LiquidException e) {
            mistakes.add(new Mistake(part, e.line, e.charPositionInLine + 1, sentence(String.valueOf(e.getMessage()))));
        } catch (StackOverflowError e) {
            mistakes.add(new Mistake(part, 0, 0, "The template is nested too deeply: make it flatter."));
        } catch (RuntimeException e) {
            mistakes.add(mistakeOf(part, e));
        }
        return null;
    }

    private static Mistake mistakeOf(String part, RuntimeException e) {
        String message = String.valueOf(e.getMessage());
        Matcher matcher = LINE.matcher(message);
        boolean found = matcher.find();
        return new Mistake(
                part,
                found ? Integer.parseInt(matcher.group(1)) : 0,
                found ? Integer.parseInt(matcher.group(2)) + 1 : 0,
                "This is no Liquid: " + message);
    }

    private static String sentence(String message) {
        Matcher matcher = QUOTED.matcher(message);
        if (!matcher.matches()) {
            return message;
        }
        String reason = matcher.group(1).replaceAll("\\s+", " ").strip();
        if (reason.contains("<EOF>")) {
            return "The template ends here, but a tag is still open: close it, for example by {% endif %} or }}.";
        }
        int expecting = reason.indexOf(" expecting ");
        return "This is no Liquid: " + (expecting > 0 ? reason.substring(0, expecting) : reason)
                + ". Check the tag and its end.";
    }

    private LNode tree() {
        synchronized (parsed) {
            return new TreeBuilder(html).visit(parsed);
        }
    }

    String render(Map<String, @Nullable Object> values) {
        LNode free = trees.poll();
        LNode tree = free == null ? tree() : free;
        try {
            String rendered = String.valueOf(tree.render(new TemplateContext(PARSER, values)));
            // Only after success: who knows what a failed render left behind.
            trees.add(tree);
            return rendered;
        } catch (RuntimeException e) {
            throw new TemplateException(List.of(failure(e)));
        } catch (StackOverflowError e) {
            throw new TemplateException(
                    List.of(new Mistake(part, 0, 0, "The template is nested too deeply: make it flatter.")));
        }
    }

    /** Without the cause and its message: it may quote the customer's value. */
    private Mistake failure(RuntimeException e) {
        int line = 0;
        int column = 0;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            Matcher matcher = LINE.matcher(String.valueOf(cause.getMessage()));
            if (line == 0 && matcher.find()) {
                line = Integer.parseInt(matcher.group(1));
                column = Integer.parseInt(matcher.group(2)) + 1;
            }
            if (cause instanceof ExceededMaxIterationsException) {
                return new Mistake(
                        part, line, column, "The loops run more than " + ITERATIONS_MAX + " times: limit them.");
            }
            if (cause instanceof LimitException limit) {
                return new Mistake(part, line, column, String.valueOf(limit.getMessage()));
            }
            if (String.valueOf(cause.getMessage()).startsWith("rendered string exceeds")) {
                return new Mistake(
                        part, line, column, String.valueOf(LimitException.text().getMessage()));
            }
        }
        return new Mistake(part, line, column, "A filter or tag doesn't take the value that this customer has.");
    }
}
