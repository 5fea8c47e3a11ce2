package io.snowball.campaign.template;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import liqp.TemplateContext;
import liqp.filters.Filter;
import org.jspecify.annotations.Nullable;

/**
 * A filter whose values and work have limits: twenty times {@code append} of a string to itself make a million of it, twenty times
 * {@code times} of a number by itself a million digits.
 */
final class LimitedFilter extends Filter {
    private static final int ITEMS_MAX = 10_000;
    /** An amount has fifteen, and a result of two such has thirty. */
    static final int DIGITS_MAX = 50;

    private static final int DATE_FORMAT_MAX = 500;
    private static final Pattern WIDE = Pattern.compile("\\d{4}");
    /** Characters that all filters of one render may read together; a long mail takes some thousands. */
    private static final long READ_MAX = 20_000_000;

    private static final String READ = "snowball.read";
    private static final Set<String> ARITHMETIC = Set.of(
            "abs", "at_least", "at_most", "ceil", "divided_by", "floor", "minus", "modulo", "plus", "round", "times");

    private final Filter filter;

    LimitedFilter(Filter filter) {
        super(filter.name);
        this.filter = filter;
    }

    @Override
    public Object apply(Object value, TemplateContext context, Object... params) {
        charge(context, weight(value) + weight(params));
        beforeGiants(value, context, params);
        Object result = filter.apply(value, context, params);
        if (result instanceof Number) {
            checkNumber(result);
        }
        if ((result instanceof Collection<?> items && items.size() > ITEMS_MAX)
                || (result instanceof Object[] array && array.length > ITEMS_MAX)
                || weight(result) > LiquidText.RENDERED_CHARS_MAX) {
            throw LimitException.text();
        }
        return result;
    }

    /** The filters that can make a giant, or work without end, in a single step. */
    private void beforeGiants(@Nullable Object value, TemplateContext context, @Nullable Object... params) {
        if (ARITHMETIC.contains(name)) {
            checkNumber(value);
            Arrays.stream(params).forEach(LimitedFilter::checkNumber);
        }
        if (name.equals("round") && params.length > 0 && integer(params[0]) > DIGITS_MAX) {
            throw LimitException.number();
        }
        if (name.startsWith("replace") && params.length > 1) {
            long finds = weight(value) / Math.max(1, weight(params[0])) + 1;
            checkText(finds * weight(params[1]));
        }
        if (name.equals("join") && params.length > 0) {
            checkText(asArray(value, context).length * weight(params[0]));
        }
        if (name.equals("date") && params.length > 0) {
            String format = asString(params[0], context);
            checkText(format.length() > DATE_FORMAT_MAX || WIDE.matcher(format).find() ? Long.MAX_VALUE : 0);
        }
        if (name.equals("strip_html")) {
            // Its expressions look for the end of each tag up to the end of the text.
            long size = weight(value);
            charge(context, size * size / 100);
        }
    }

    private static void charge(TemplateContext context, long characters) {
        Map<String, Long> read = context.getRegistry(READ);
        if (read.merge(READ, characters, Long::sum) > READ_MAX) {
            throw LimitException.work();
        }
    }

    private static void checkText(long characters) {
        if (characters > 4L * LiquidText.RENDERED_CHARS_MAX) {
            throw LimitException.text();
        }
    }

    /** What is no number is left to the filter to refuse. */
    private static void checkNumber(@Nullable Object value) {
        if (value instanceof CharSequence text && text.length() > DIGITS_MAX) {
            throw LimitException.number();
        }
        BigDecimal number = number(value);
        if (number != null
                && Math.max(number.precision(), Math.max(number.scale(), (long) number.precision() - number.scale()))
                        > DIGITS_MAX) {
            throw LimitException.number();
        }
    }

    private static long integer(@Nullable Object value) {
        checkNumber(value);
        BigDecimal number = number(value);
        return number == null ? 0 : number.toBigInteger().longValue();
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        try {
            return switch (value) {
                case BigDecimal number -> number;
                case Number number -> new BigDecimal(number.toString());
                case CharSequence text -> new BigDecimal(text.toString().strip());
                case null, default -> null;
            };
        } catch (NumberFormatException _) {
            return null;
        }
    }

    /** Characters that a value has when it is printed, or a little more. */
    private static long weight(@Nullable Object value) {
        return switch (value) {
            case CharSequence text -> text.length();
            case Collection<?> items -> weight(items);
            case Object[] items -> weight(Arrays.asList(items));
            case null, default -> 1;
        };
    }

    /** A list may hold the same giant a thousand times: counted no further than the limit. */
    private static long weight(Collection<?> items) {
        long sum = 1;
        for (Object item : items) {
            sum += weight(item);
            if (sum > LiquidText.RENDERED_CHARS_MAX) {
                throw LimitException.text();
            }
        }
        return sum;
    }

    /** Something in a template grew too large; the message is for the template's author. */
    static final class LimitException extends RuntimeException {
        private LimitException(String message) {
            super(message);
        }

        static LimitException text() {
            return new LimitException(
                    "The text grows beyond " + LiquidText.RENDERED_CHARS_MAX + " characters: shorten it.");
        }

        static LimitException number() {
            return new LimitException("A number grows beyond " + DIGITS_MAX + " digits: calculate with smaller ones.");
        }

        static LimitException work() {
            return new LimitException("The filters have too much to do: use fewer, or on shorter texts.");
        }
    }
}
