package io.snowball.segmentation.rule;

import io.snowball.platform.money.Money;
import io.snowball.platform.problem.Problem;
import io.snowball.platform.time.TimeBounds;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The limits of what stands in a condition; gathers all that is wrong. */
final class FieldChecks {
    private static final int VALUES_MAX = 100;
    private static final int TEXT_MAX = 200;
    private static final int HOURS_MAX = 8760;
    private static final int PERIODS_MAX = 366;
    static final int DAYS_MAX = 3650;
    private static final int MONTHS_MAX = 120;
    private static final long COUNT_MAX = 1_000_000_000;

    private final List<Problem.FieldError> errors = new ArrayList<>();

    List<Problem.FieldError> errors() {
        return errors;
    }

    void texts(@Nullable List<String> texts, String pointer) {
        if (values(texts, pointer) && texts != null) {
            for (int i = 0; i < texts.size(); i++) {
                text(texts.get(i), pointer + "/" + i);
            }
        }
    }

    private void text(String value, String pointer) {
        if (value.isEmpty() || value.length() > TEXT_MAX || value.indexOf('\0') >= 0) {
            error(pointer, "text", "must have 1 to " + TEXT_MAX + " characters and no NUL");
        }
    }

    void optionalText(@Nullable String text, String pointer) {
        if (text != null) {
            text(text, pointer);
        }
    }

    void optionalTexts(@Nullable List<String> texts, String pointer) {
        if (texts != null) {
            texts(texts, pointer);
        }
    }

    void window(Window window, String pointer) {
        if (window.kinds() != 1) {
            error(
                    pointer,
                    "one-window",
                    "must have exactly one of lastHours, lastDays, lastMonths, period, or from and before");
        }
        range(window.lastHours(), HOURS_MAX, pointer + "/lastHours");
        range(window.lastDays(), DAYS_MAX, pointer + "/lastDays");
        range(window.lastMonths(), MONTHS_MAX, pointer + "/lastMonths");
        if (window.periodsAgo() != null && (window.periodsAgo() < 0 || window.periodsAgo() > PERIODS_MAX)) {
            error(pointer + "/periodsAgo", "range", "must be between 0 and " + PERIODS_MAX);
        }
        if (window.timeZone() != null && !ZoneId.getAvailableZoneIds().contains(window.timeZone())) {
            error(pointer + "/timeZone", "time-zone", "must be a time zone such as Europe/Moscow");
        }
        time(window.from(), pointer + "/from");
        time(window.before(), pointer + "/before");
        if (window.from() != null && window.before() != null && !window.from().isBefore(window.before())) {
            error(pointer + "/before", "out-of-order", "must be after from");
        }
    }

    void property(PropertyCondition condition, String pointer) {
        if (required(condition.property(), pointer + "/property")) {
            text(condition.property(), pointer + "/property");
        }
        switch (condition) {
            case PropertyCondition.Code code -> texts(code.in(), pointer + "/in");
            case PropertyCondition.Flag flag -> required(flag.is(), pointer + "/is");
            case PropertyCondition.Numeric number -> {
                required(number.op(), pointer + "/op");
                if (required(number.value(), pointer + "/value") && !hasDecentSize(number.value())) {
                    error(pointer + "/value", "number", "must have at most 15 digits before the point and 6 after it");
                }
            }
            case PropertyCondition.Time time -> {
                if (time.from() == null && time.before() == null) {
                    error(pointer, "required", "must have from or before");
                }
                time(time.from(), pointer + "/from");
                time(time.before(), pointer + "/before");
            }
        }
    }

    private static boolean hasDecentSize(BigDecimal value) {
        return value.precision() - (long) value.scale() <= 15
                && value.scale() <= 100
                && value.stripTrailingZeros().scale() <= 6;
    }

    void value(BigDecimal value, boolean money, String pointer) {
        if (value.signum() < 0) {
            error(pointer, "range", "must not be negative");
        } else if (money) {
            try {
                Money.of(value);
            } catch (IllegalArgumentException wrong) {
                error(pointer, "money", String.valueOf(wrong.getMessage()));
            }
        } else if (!isCount(value)) {
            error(pointer, "whole", "must be a whole number up to " + COUNT_MAX);
        }
    }

    void decimal(BigDecimal value, String pointer) {
        if (value.signum() < 0 || !isDecimal(value)) {
            error(pointer, "decimal", "must not be negative, and have at most 15 digits, four of them decimal places");
        }
    }

    private static boolean isDecimal(BigDecimal value) {
        return value.precision() - (long) value.scale() <= 11
                && value.scale() <= 100
                && value.stripTrailingZeros().scale() <= 4;
    }

    /** The size is looked at before the number is expanded: 1e999999999 would otherwise fill the memory. */
    private static boolean isCount(BigDecimal value) {
        return value.precision() - (long) value.scale() <= 10
                && value.scale() <= 100
                && value.stripTrailingZeros().scale() <= 0
                && value.compareTo(BigDecimal.valueOf(COUNT_MAX)) <= 0;
    }

    boolean values(@Nullable List<?> values, String pointer) {
        if (values == null || values.isEmpty() || values.size() > VALUES_MAX || values.contains(null)) {
            error(pointer, "values", "must have 1 to " + VALUES_MAX + " values, none of them null");
            return false;
        }
        return true;
    }

    void time(@Nullable Instant at, String pointer) {
        if (at != null && !TimeBounds.hold(at)) {
            error(pointer, "range", "must be between the years 1900 and 2200");
        }
    }

    void range(@Nullable Integer number, int max, String pointer) {
        if (number != null && (number < 1 || number > max)) {
            error(pointer, "range", "must be between 1 and " + max);
        }
    }

    boolean required(@Nullable Object value, String pointer) {
        if (value == null) {
            error(pointer, "required", "is missing");
        }
        return value != null;
    }

    void error(String pointer, String code, String detail) {
        errors.add(new Problem.FieldError(pointer, code, detail));
    }
}
