package io.snowball.consent.destruction;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What the act and the stop-list need of a person's data before they go.
 *
 * @param name as the act names them
 * @param identifiers addresses and numbers
 */
record Subject(String name, List<String> identifiers) {
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]{1,64}@[^@\\s]{1,255}");
    private static final Pattern PHONE = Pattern.compile("\\+?[0-9][0-9 ()-]{8,20}");
    private static final List<List<String>> NAMES = List.of(
            List.of("lastName", "last_name"), List.of("firstName", "first_name"), List.of("middleName", "middle_name"));
    private static final Set<String> ADDRESSED = Set.of("email", "phone");
    private static final int IDENTIFIERS_MAX = 1000;

    static Subject of(UUID customerId, Optional<JsonNode> data) {
        String number = "номер в системе " + customerId;
        if (data.isEmpty()) {
            return new Subject(number, List.of());
        }
        String name = String.join(
                " ",
                NAMES.stream()
                        .map(fields -> first(data.get(), fields))
                        .flatMap(Optional::stream)
                        .toList());
        return new Subject(
                name.isEmpty() ? number : name + ", " + number,
                texts("", data.get()).distinct().limit(IDENTIFIERS_MAX).toList());
    }

    private static Optional<String> first(JsonNode data, List<String> fields) {
        return fields.stream()
                .map(data::findValuesAsText)
                .flatMap(List::stream)
                .map(String::strip)
                .filter(text -> !text.isEmpty() && !text.equals("null"))
                .findFirst();
    }

    /** Wherever an address or a number stands, however the sibling calls it. */
    private static Stream<String> texts(String field, JsonNode node) {
        if (node.isObject()) {
            return node.properties().stream().flatMap(child -> texts(child.getKey(), child.getValue()));
        }
        if (node.isArray()) {
            return StreamSupport.stream(node.spliterator(), false).flatMap(child -> texts(field, child));
        }
        String text = node.asText();
        String name = field.toLowerCase(Locale.ROOT);
        boolean addressed = ADDRESSED.stream().anyMatch(name::contains) || name.equals("value");
        return EMAIL.matcher(text).matches()
                        || (addressed && PHONE.matcher(text).matches())
                ? Stream.of(text)
                : Stream.empty();
    }

    @Override
    public String toString() {
        return "Subject";
    }
}
