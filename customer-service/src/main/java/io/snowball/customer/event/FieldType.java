package io.snowball.customer.event;

import com.fasterxml.jackson.databind.JsonNode;
import io.snowball.customer.CleanText;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** What a property can be. Only TEXT may say something about a person in words; it stays in this service. */
enum FieldType {
    CODE {
        @Override
        boolean fits(JsonNode value) {
            return value.isTextual() && CODES.matcher(value.textValue()).matches();
        }
    },
    TEXT {
        @Override
        boolean fits(JsonNode value) {
            try {
                return value.isTextual() && CleanText.optional(value.textValue(), MAX_TEXT) != null;
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    },
    NUMBER {
        @Override
        boolean fits(JsonNode value) {
            return value.isNumber() && Math.abs(value.doubleValue()) < MAX_NUMBER;
        }
    },
    BOOLEAN {
        @Override
        boolean fits(JsonNode value) {
            return value.isBoolean();
        }
    },
    TIME {
        @Override
        boolean fits(JsonNode value) {
            try {
                return value.isTextual()
                        && OffsetDateTime.parse(value.textValue()).getYear() > 0;
            } catch (DateTimeException _) {
                return false;
            }
        }
    };

    private static final int MAX_TEXT = 2_000;
    private static final double MAX_NUMBER = 1e15;
    /** Without blanks and without the signs of an e-mail address or an international phone number. */
    private static final Pattern CODES = Pattern.compile("[\\p{L}\\p{N}._:/-]{1,100}");

    abstract boolean fits(JsonNode value);
}
