package io.snowball.segmentation.rule;

import io.snowball.segmentation.Binds;
import io.snowball.segmentation.rule.Window.Span;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What events must be like, in SQL. Names of properties are bound like their values. Nothing here can fail on what an event holds: a
 * rule that did would stop the feed, so a value is looked at only after its type was.
 */
final class PropertyCompiler {
    private static final String TIME = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T";

    private final Binds binds;
    private final BiFunction<String, Span, String> within;

    /** @param within a column and its bounds, as a condition */
    PropertyCompiler(Binds binds, BiFunction<String, Span, String> within) {
        this.binds = binds;
        this.within = within;
    }

    /** @return what follows the condition of types and time; empty where any event will do */
    String conditions(@Nullable List<PropertyCondition> where) {
        return where == null
                ? ""
                : where.stream()
                        .map(condition -> " and " + condition("f.properties", condition))
                        .collect(Collectors.joining());
    }

    /** @param object a column of jsonb, or what is in one */
    String condition(String object, PropertyCondition condition) {
        String value = object + " -> " + binds.bind(condition.property());
        String text = object + " ->> " + binds.bind(condition.property());
        return switch (condition) {
            case PropertyCondition.Code code -> of(value, "string", isIn(text, code));
            case PropertyCondition.Numeric number -> of(value, "number", compared(text, number));
            case PropertyCondition.Flag flag -> of(value, "boolean", isFlag(text, flag));
            case PropertyCondition.Time time -> of(value, "string", isTime(text, time));
        };
    }

    private static String of(String value, String type, String condition) {
        return "(case when jsonb_typeof(" + value + ") = '" + type + "' then " + condition + " else false end)";
    }

    private String isIn(String text, PropertyCondition.Code code) {
        return text + " = any(" + binds.bind(code.in().toArray(String[]::new)) + ")";
    }

    private String compared(String text, PropertyCondition.Numeric number) {
        return number.op().of("(" + text + ")::numeric", binds.bind(number.value()));
    }

    private static String isFlag(String text, PropertyCondition.Flag flag) {
        return text + " = '" + (flag.is() ? "true" : "false") + "'";
    }

    /** A date is its midnight. */
    private String isTime(String told, PropertyCondition.Time time) {
        String text = "((" + told + ") || case when length(" + told + ") = 10 then 'T00:00:00Z' else '' end)";
        return "case when " + text + " ~ " + binds.bind(TIME) + " and pg_input_is_valid(" + text
                + ", 'timestamptz') then "
                + within.apply("(" + text + ")::timestamptz", new Span(time.from(), null, time.before()))
                + " else false end";
    }
}
