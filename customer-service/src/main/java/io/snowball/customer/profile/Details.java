package io.snowball.customer.profile;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.customer.CleanText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What else is known of a person. Stored as one document; told and forgotten field by field.
 *
 * @param attributes facts that the company declared; they are told on the feed
 * @param personalAttributes declared as personal: they stay here
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Details(
        @Nullable List<LocalDate> childrenBirthdays,
        @Nullable Address address,
        @Nullable TimeZoneSource timeZoneSource,
        @Nullable Utm utm,
        @Nullable Device device,
        @Nullable List<String> socialAccounts,
        @Nullable PreferredChannel preferredChannel,
        Map<String, Object> attributes,
        Map<String, Object> personalAttributes) {
    static final Details NONE = new Details(null, null, null, null, null, null, null, Map.of(), Map.of());
    static final int MAX_CHILDREN = 20;
    static final int MAX_ACCOUNTS = 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    public Details {
        childrenBirthdays = childrenBirthdays == null || childrenBirthdays.isEmpty()
                ? null
                : childrenBirthdays.stream().sorted().toList();
        socialAccounts = socialAccounts == null || socialAccounts.isEmpty() ? null : List.copyOf(socialAccounts);
        attributes = normalised(attributes);
        personalAttributes = normalised(personalAttributes);
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PostalAddress")
    public record Address(
            @Schema(examples = "RU") @Nullable String country,

            @Schema(examples = "Омская область") @Nullable String region,

            @Schema(examples = "Омск") @Nullable String city,

            @Schema(examples = "ул. Ленина, 1, кв. 2") @Nullable
            String street,

            @Schema(examples = "644000") @Nullable String postalCode) {
        public Address cleaned() {
            return new Address(
                    CleanText.optional(country, 60),
                    CleanText.optional(region, 100),
                    CleanText.optional(city, 100),
                    CleanText.optional(street, 200),
                    CleanText.optional(postalCode, 12));
        }
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Utm", description = "The marks of the link that brought the customer")
    public record Utm(
            @Schema(examples = "yandex") @Nullable String source,

            @Schema(examples = "cpc") @Nullable String medium,

            @Schema(examples = "spring") @Nullable String campaign,

            @Nullable String term,
            @Nullable String content) {
        public Utm cleaned() {
            return new Utm(
                    CleanText.optional(source, 100),
                    CleanText.optional(medium, 100),
                    CleanText.optional(campaign, 100),
                    CleanText.optional(term, 100),
                    CleanText.optional(content, 100));
        }
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Device")
    public record Device(
            @Schema(examples = "smartphone") @Nullable String type,

            @Schema(examples = "Chrome") @Nullable String browser,

            @Schema(examples = "Android") @Nullable String os) {
        public Device cleaned() {
            return new Device(
                    CleanText.optional(type, 50), CleanText.optional(browser, 50), CleanText.optional(os, 50));
        }
    }

    Details overlaidBy(Details told) {
        return new Details(
                told.childrenBirthdays != null ? told.childrenBirthdays : childrenBirthdays,
                told.address != null ? told.address : address,
                told.timeZoneSource != null ? told.timeZoneSource : timeZoneSource,
                told.utm != null ? told.utm : utm,
                told.device != null ? told.device : device,
                told.socialAccounts != null ? told.socialAccounts : socialAccounts,
                told.preferredChannel != null ? told.preferredChannel : preferredChannel,
                overlaid(attributes, told.attributes),
                overlaid(personalAttributes, told.personalAttributes));
    }

    /** But for how the time zone came to be known: that goes with the zone. */
    Details without(Details after, Details before) {
        return new Details(
                undone(childrenBirthdays, after.childrenBirthdays, before.childrenBirthdays),
                undone(address, after.address, before.address),
                timeZoneSource,
                undone(utm, after.utm, before.utm),
                undone(device, after.device, before.device),
                undone(socialAccounts, after.socialAccounts, before.socialAccounts),
                undone(preferredChannel, after.preferredChannel, before.preferredChannel),
                undone(attributes, after.attributes, before.attributes),
                undone(personalAttributes, after.personalAttributes, before.personalAttributes));
    }

    Details with(@Nullable TimeZoneSource zoneSource) {
        return new Details(
                childrenBirthdays,
                address,
                zoneSource,
                utm,
                device,
                socialAccounts,
                preferredChannel,
                attributes,
                personalAttributes);
    }

    Details with(Map<String, Object> facts, Map<String, Object> personal) {
        return new Details(
                childrenBirthdays,
                address,
                timeZoneSource,
                utm,
                device,
                socialAccounts,
                preferredChannel,
                facts,
                personal);
    }

    /** As people read it in the history: a part that has parts as JSON. */
    static String show(Object value) {
        try {
            return value instanceof Record || value instanceof List<?>
                    ? JSON.writeValueAsString(value)
                    : value.toString();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static @Nullable List<LocalDate> children(@Nullable List<LocalDate> days, LocalDate today) {
        if (days != null) {
            if (days.size() > MAX_CHILDREN) {
                throw new IllegalArgumentException("must be at most " + MAX_CHILDREN);
            }
            days.forEach(day -> Profile.birthday(day, today));
        }
        return days;
    }

    public static @Nullable List<String> accounts(@Nullable List<String> accounts) {
        if (accounts != null && accounts.size() > MAX_ACCOUNTS) {
            throw new IllegalArgumentException("must be at most " + MAX_ACCOUNTS);
        }
        return accounts == null
                ? null
                : accounts.stream()
                        .map(account -> CleanText.required(account, 200))
                        .toList();
    }

    /** All attributes, the personal ones among them. */
    Map<String, Object> allAttributes() {
        return overlaid(attributes, personalAttributes);
    }

    @Nullable
    String toJson() {
        try {
            return equals(NONE) ? null : JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Details ofJson(@Nullable String text) {
        try {
            return text == null ? NONE : JSON.readValue(text, Details.class);
        } catch (JsonProcessingException _) {
            // The message of the cause would repeat personal data.
            throw new IllegalStateException("The details of a customer can't be read");
        }
    }

    private static <T> @Nullable T undone(@Nullable T now, @Nullable T after, @Nullable T before) {
        return Objects.equals(now, after) ? before : now;
    }

    private static Map<String, Object> undone(
            Map<String, Object> now, Map<String, Object> after, Map<String, Object> before) {
        Map<String, Object> restored = new TreeMap<>(now);
        after.forEach((name, value) -> {
            if (value.equals(restored.get(name))) {
                restored.remove(name);
                Object earlier = before.get(name);
                if (earlier != null) {
                    restored.put(name, earlier);
                }
            }
        });
        return restored;
    }

    private static Map<String, Object> overlaid(Map<String, Object> known, Map<String, Object> told) {
        Map<String, Object> all = new TreeMap<>(known);
        all.putAll(told);
        return all;
    }

    /** One form of each number, so that what is told again equals what is stored. */
    private static Map<String, Object> normalised(@Nullable Map<String, Object> values) {
        if (values == null || values.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> all = new TreeMap<>(values);
        all.replaceAll((_, value) -> value instanceof Number number ? plain(number) : value);
        return all;
    }

    private static BigDecimal plain(Number number) {
        BigDecimal decimal = new BigDecimal(number.toString()).stripTrailingZeros();
        return decimal.scale() < 0 ? decimal.setScale(0) : decimal;
    }
}
