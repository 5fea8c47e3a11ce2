package io.snowball.customer.profile;

import io.snowball.customer.CleanText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What an attribute's values are. */
enum AttributeType {
    TEXT,
    NUMBER,
    BOOLEAN,
    DATE,
    CHOICE;

    private static final int MAX_NUMBER = 40;
    private static final Map<String, Object> TRUTH =
            Map.of("true", true, "1", true, "да", true, "false", false, "0", false, "нет", false);

    /** @throws IllegalArgumentException with a sentence for the user where the value is of another type */
    Object read(Object value, List<String> choices) {
        return switch (this) {
            case TEXT -> CleanText.required(text(value), 1000);
            case NUMBER -> number(value);
            case BOOLEAN -> {
                if (value instanceof Boolean) {
                    yield value;
                }
                throw new IllegalArgumentException("must be true or false");
            }
            case DATE -> date(value);
            case CHOICE -> {
                if (choices.contains(value)) {
                    yield value;
                }
                throw new IllegalArgumentException("must be one of the choices that were declared");
            }
        };
    }

    /** As a file has it. @throws IllegalArgumentException with a sentence for the user */
    Object parse(String text, List<String> choices) {
        String value = text.strip();
        return switch (this) {
            case TEXT, DATE, CHOICE -> read(value, choices);
            case NUMBER -> read(decimal(value), choices);
            case BOOLEAN -> read(TRUTH.getOrDefault(value.toLowerCase(Locale.ROOT), value), choices);
        };
    }

    private static BigDecimal decimal(String text) {
        try {
            // Reading a number takes time that grows faster than its length.
            if (text.length() <= MAX_NUMBER) {
                return new BigDecimal(text);
            }
        } catch (NumberFormatException _) {
            // The message of the cause would repeat the value.
        }
        throw new IllegalArgumentException("must be a number");
    }

    private static String text(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("must be a text");
    }

    private static Object number(Object value) {
        if (value instanceof Number number) {
            BigDecimal decimal = new BigDecimal(number.toString());
            if (decimal.precision() - (long) decimal.scale() <= 18 && decimal.scale() <= 6) {
                return decimal;
            }
            throw new IllegalArgumentException("must have at most 18 digits before the point and 6 after it");
        }
        throw new IllegalArgumentException("must be a number");
    }

    private static String date(Object value) {
        try {
            return LocalDate.parse(text(value)).toString();
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException("must be a day such as 2026-11-20");
        }
    }
}
