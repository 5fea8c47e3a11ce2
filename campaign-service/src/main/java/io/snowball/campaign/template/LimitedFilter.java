package io.snowball.campaign.template;

import java.util.Collection;
import liqp.TemplateContext;
import liqp.filters.Filter;

/** A filter whose result has a limit: twenty times {@code append} of a string to itself make a million of it. */
final class LimitedFilter extends Filter {
    private static final int ITEMS_MAX = 10_000;

    private final Filter filter;

    LimitedFilter(Filter filter) {
        super(filter.name);
        this.filter = filter;
    }

    @Override
    public Object apply(Object value, TemplateContext context, Object... params) {
        if (name.startsWith("replace") && params.length > 1) {
            beforeReplace(asString(value, context), asString(params[0], context), asString(params[1], context));
        }
        Object result = filter.apply(value, context, params);
        boolean tooLong = result instanceof CharSequence text && text.length() > LiquidText.RENDERED_CHARS_MAX;
        boolean tooMany = (result instanceof Collection<?> items && items.size() > ITEMS_MAX)
                || (result instanceof Object[] array && array.length > ITEMS_MAX);
        if (tooLong || tooMany) {
            throw new LimitException();
        }
        return result;
    }

    /** The one filter that can make a giant in a single step. */
    private static void beforeReplace(String text, String from, String to) {
        long finds = text.length() / Math.max(1, from.length()) + 1L;
        if (finds * to.length() > 4L * LiquidText.RENDERED_CHARS_MAX) {
            throw new LimitException();
        }
    }

    /** Something in a template grew too large. */
    static final class LimitException extends RuntimeException {
        LimitException() {
            super("limit");
        }
    }
}
