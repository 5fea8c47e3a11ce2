package io.snowball.customer.imports;

import io.snowball.customer.file.Columns;
import io.snowball.customer.identity.Identity;
import io.snowball.customer.profile.CustomerDraft;
import io.snowball.customer.profile.Details;
import io.snowball.customer.profile.Details.Address;
import io.snowball.customer.profile.Details.Device;
import io.snowball.customer.profile.Details.Utm;
import io.snowball.customer.profile.FileAttributes;
import io.snowball.customer.profile.PreferredChannel;
import io.snowball.customer.profile.Profile;
import io.snowball.customer.profile.Sex;
import io.snowball.customer.profile.TimeZoneSource;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A customer as a record tells of one. Knows which field it is reading, for the report. */
final class CustomerRecord {
    private static final Columns COLUMNS = ImportKind.CUSTOMERS.columns();
    private static final Map<String, Integer> PLACES = places();
    private static final Address NO_ADDRESS = new Address(null, null, null, null, null);
    private static final Utm NO_UTM = new Utm(null, null, null, null, null);
    private static final Device NO_DEVICE = new Device(null, null, null);
    /** Parts several children or accounts in one cell. */
    private static final Pattern BAR = Pattern.compile("\\s*\\|\\s*");

    private final FileAttributes attributes;
    private final List<String> attributeNames;
    private final ZoneId zone;
    private final LocalDate today;
    private String field = "";

    CustomerRecord(FileAttributes attributes, ZoneId zone, LocalDate today) {
        this.attributes = attributes;
        this.attributeNames = attributes.names();
        this.zone = zone;
        this.today = today;
    }

    /** What was being read when it was refused; {@code address}, {@code utm} and {@code device} stand for their columns. */
    String field() {
        return field;
    }

    /** @throws IllegalArgumentException with a sentence for the user, without the value */
    CustomerDraft draft(@Nullable String[] fields) {
        String id = text(fields, "external_id");
        field = "external_id";
        Identity externalId = Identity.externalId(id == null ? "" : id);
        Identity email = read(fields, "email", Identity::email);
        Identity phone = read(fields, "phone", Identity::phone);
        String firstName = read(fields, "first_name", Profile::name);
        String lastName = read(fields, "last_name", Profile::name);
        Sex sex = read(fields, "sex", Sex::parse);
        LocalDate birthday = read(fields, "birthday", text -> Profile.birthday(day(text), today));
        String timeZone = read(fields, "time_zone", Profile::timeZone);
        String language = read(fields, "language", Profile::language);
        String source = read(fields, "source", Profile::source);
        Instant registeredAt =
                read(fields, "registered_at", text -> Profile.registeredAt(FileTime.parse(text, zone), today));
        Profile profile = new Profile(firstName, lastName, sex, birthday, timeZone, language, source);
        return new CustomerDraft(externalId, email, phone, profile, registeredAt).with(details(fields, timeZone));
    }

    private Details details(@Nullable String[] fields, @Nullable String timeZone) {
        TimeZoneSource zoneSource = read(fields, "time_zone_source", text -> choice(TimeZoneSource.class, text));
        Details told = new Details(
                read(
                        fields,
                        "children_birthdays",
                        text -> Details.children(
                                several(text).map(CustomerRecord::day).toList(), today)),
                address(fields),
                timeZone != null && zoneSource == null ? TimeZoneSource.TOLD : zoneSource,
                utm(fields),
                device(fields),
                read(
                        fields,
                        "social_accounts",
                        text -> Details.accounts(several(text).toList())),
                read(fields, "preferred_channel", text -> choice(PreferredChannel.class, text)),
                Map.of(),
                Map.of());
        return attributes(fields).in(told);
    }

    private @Nullable Address address(@Nullable String[] fields) {
        field = "address";
        Address address = new Address(
                        text(fields, "country"),
                        text(fields, "region"),
                        text(fields, "city"),
                        text(fields, "street"),
                        text(fields, "postal_code"))
                .cleaned();
        return address.equals(NO_ADDRESS) ? null : address;
    }

    private @Nullable Utm utm(@Nullable String[] fields) {
        field = "utm";
        Utm utm = new Utm(
                        text(fields, "utm_source"),
                        text(fields, "utm_medium"),
                        text(fields, "utm_campaign"),
                        text(fields, "utm_term"),
                        text(fields, "utm_content"))
                .cleaned();
        return utm.equals(NO_UTM) ? null : utm;
    }

    private @Nullable Device device(@Nullable String[] fields) {
        field = "device";
        Device device = new Device(text(fields, "device_type"), text(fields, "browser"), text(fields, "os")).cleaned();
        return device.equals(NO_DEVICE) ? null : device;
    }

    private FileAttributes.Reader attributes(@Nullable String[] fields) {
        FileAttributes.Reader reader = attributes.reader();
        for (int i = 0; i < attributeNames.size(); i++) {
            String text = fields[PLACES.size() + i];
            if (text != null && !text.isBlank()) {
                field = FileAttributes.PREFIX + attributeNames.get(i);
                reader.read(attributeNames.get(i), text);
            }
        }
        return reader;
    }

    private <T> @Nullable T read(@Nullable String[] fields, String name, Function<String, @Nullable T> reader) {
        String text = text(fields, name);
        if (text == null || text.isBlank()) {
            return null;
        }
        field = name;
        return reader.apply(text);
    }

    private static @Nullable String text(@Nullable String[] fields, String name) {
        return fields[PLACES.getOrDefault(name, -1)];
    }

    private static Stream<String> several(String text) {
        return BAR.splitAsStream(text.strip());
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String text) {
        try {
            return Enum.valueOf(type, text.strip().toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("must be one of " + List.of(type.getEnumConstants()));
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException _) {
            throw new IllegalArgumentException("must be a day such as 1990-05-17");
        }
    }

    private static Map<String, Integer> places() {
        Map<String, Integer> places = new HashMap<>();
        for (String name : COLUMNS.names()) {
            places.put(name, places.size());
        }
        return places;
    }
}
