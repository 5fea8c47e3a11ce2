package io.snowball.customer.profile;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.customer.CleanText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is known of a person besides the addresses; any of it may be unknown. */
@RegisterForReflection
public record Profile(
        @Nullable String firstName,
        @Nullable String lastName,
        @Nullable Sex sex,
        @Nullable LocalDate birthday,
        @Nullable String timeZone,
        @Nullable String language,
        @Nullable String source,
        Details details) {
    public static final int MAX_NAME = 100;
    static final Profile UNKNOWN = new Profile(null, null, null, null, null, null, null);
    private static final LocalDate EARLIEST_BIRTHDAY = LocalDate.of(1890, 1, 1);
    private static final Set<String> TIME_ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Z]{2})?");

    public Profile {
        // Snapshots of merges from before there were details have none.
        details = Objects.requireNonNullElse(details, Details.NONE);
    }

    /** Of which nothing is known but this, as in a file. */
    public Profile(
            @Nullable String firstName,
            @Nullable String lastName,
            @Nullable Sex sex,
            @Nullable LocalDate birthday,
            @Nullable String timeZone,
            @Nullable String language,
            @Nullable String source) {
        this(firstName, lastName, sex, birthday, timeZone, language, source, Details.NONE);
    }

    Profile with(Details others) {
        return new Profile(firstName, lastName, sex, birthday, timeZone, language, source, others);
    }

    /** Nothing told is nothing forgotten: what {@code told} leaves out stays as it was. */
    public Profile overlaidBy(Profile told) {
        return new Profile(
                told.firstName != null ? told.firstName : firstName,
                told.lastName != null ? told.lastName : lastName,
                told.sex != null ? told.sex : sex,
                told.birthday != null ? told.birthday : birthday,
                told.timeZone != null ? told.timeZone : timeZone,
                told.language != null ? told.language : language,
                told.source != null ? told.source : source,
                told.timeZone != null
                        ? details.overlaidBy(told.details).with(told.details.timeZoneSource())
                        : details.overlaidBy(told.details));
    }

    /**
     * Where nothing has changed since it became {@code after}, it is again as it was {@code before}. A time zone and how it came to be
     * known are one thing.
     */
    public Profile without(Profile after, Profile before) {
        boolean sameZone =
                Objects.equals(timeZone, after.timeZone) && details.timeZoneSource() == after.details.timeZoneSource();
        return new Profile(
                undone(firstName, after.firstName, before.firstName),
                undone(lastName, after.lastName, before.lastName),
                undone(sex, after.sex, before.sex),
                undone(birthday, after.birthday, before.birthday),
                sameZone ? before.timeZone : timeZone,
                undone(language, after.language, before.language),
                undone(source, after.source, before.source),
                details.without(after.details, before.details)
                        .with(sameZone ? before.details.timeZoneSource() : details.timeZoneSource()));
    }

    private static <T> @Nullable T undone(@Nullable T now, @Nullable T after, @Nullable T before) {
        return Objects.equals(now, after) ? before : now;
    }

    public static @Nullable String name(@Nullable String text) {
        return CleanText.optional(text, MAX_NAME);
    }

    public static @Nullable LocalDate birthday(@Nullable LocalDate day, LocalDate today) {
        if (day != null && (day.isBefore(EARLIEST_BIRTHDAY) || day.isAfter(today))) {
            throw new IllegalArgumentException("must be a day in the past, after 1890");
        }
        return day;
    }

    public static @Nullable String timeZone(@Nullable String text) {
        String zone = CleanText.optional(text, 64);
        if (zone != null && !TIME_ZONES.contains(zone)) {
            throw new IllegalArgumentException("must be an IANA time zone such as Europe/Moscow");
        }
        return zone;
    }

    public static @Nullable String language(@Nullable String text) {
        String language = CleanText.optional(text, 10);
        if (language != null && !LANGUAGE.matcher(language).matches()) {
            throw new IllegalArgumentException("must be a language code such as ru");
        }
        return language;
    }

    /** To the microsecond, which is what the database keeps: a date told again must equal the stored one. */
    public static @Nullable Instant registeredAt(@Nullable Instant at, LocalDate today) {
        if (at == null) {
            return null;
        }
        LocalDate day = at.atOffset(ZoneOffset.UTC).toLocalDate();
        if (day.isBefore(EARLIEST_BIRTHDAY) || day.isAfter(today.plusDays(1))) {
            throw new IllegalArgumentException("must be a time in the past");
        }
        return at.truncatedTo(ChronoUnit.MICROS);
    }

    public static @Nullable String source(@Nullable String text) {
        return CleanText.optional(text, 100);
    }
}
