package io.snowball.customer.profile;

import io.snowball.customer.identity.Identity;
import io.snowball.customer.identity.IdentityKind;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A customer as stored.
 *
 * @param blocked stored, but kept from lists, searches and sends
 */
record CustomerState(
        UUID id,
        int version,
        @Nullable Identity externalId,
        @Nullable Identity email,
        @Nullable Identity phone,
        Profile profile,
        Instant registeredAt,
        boolean blocked) {

    static CustomerState created(UUID id, CustomerDraft draft, Instant now) {
        Instant registeredAt = draft.registeredAt() == null ? now : draft.registeredAt();
        return new CustomerState(
                id, 1, draft.externalId(), draft.email(), draft.phone(), draft.profile(), registeredAt, false);
    }

    /** Who is told of by a further external id, as merged people are, keeps the main one. */
    CustomerState told(CustomerDraft draft) {
        return changedTo(
                externalId != null ? externalId : draft.externalId(),
                draft.email() != null ? draft.email() : email,
                draft.phone() != null ? draft.phone() : phone,
                profile.overlaidBy(draft.profile()),
                draft.registeredAt());
    }

    CustomerState replacedBy(CustomerDraft draft) {
        return changedTo(draft.externalId(), draft.email(), draft.phone(), draft.profile(), draft.registeredAt());
    }

    private CustomerState changedTo(
            @Nullable Identity newExternalId,
            @Nullable Identity newEmail,
            @Nullable Identity newPhone,
            Profile newProfile,
            @Nullable Instant newRegisteredAt) {
        CustomerState same = new CustomerState(
                id,
                version,
                newExternalId,
                newEmail,
                newPhone,
                newProfile,
                newRegisteredAt == null ? registeredAt : newRegisteredAt,
                blocked);
        return same.equals(this) ? this : same.withVersion(version + 1);
    }

    List<Identity> identities() {
        return Stream.of(externalId, email, phone).filter(Objects::nonNull).toList();
    }

    private CustomerState withVersion(int next) {
        return new CustomerState(id, next, externalId, email, phone, profile, registeredAt, blocked);
    }

    Person person() {
        return new Person(id, version, profile, registeredAt);
    }

    static CustomerState of(Person person) {
        return new CustomerState(
                person.id(), person.version(), null, null, null, person.profile(), person.registeredAt(), false);
    }

    static CustomerState of(Row row) {
        String sex = row.getString("sex");
        return new CustomerState(
                row.getUUID("id"),
                row.getInteger("version"),
                identity(row, IdentityKind.EXTERNAL_ID, "external_id"),
                identity(row, IdentityKind.EMAIL, "email"),
                identity(row, IdentityKind.PHONE, "phone"),
                new Profile(
                        row.getString("first_name"),
                        row.getString("last_name"),
                        sex == null ? null : Sex.valueOf(sex),
                        row.getLocalDate("birth_on"),
                        row.getString("time_zone"),
                        row.getString("language"),
                        row.getString("source"),
                        Details.ofJson(row.getString("details"))),
                row.getOffsetDateTime("registered_at")
                        .withOffsetSameInstant(ZoneOffset.UTC)
                        .toInstant(),
                row.getBoolean("blocked"));
    }

    private static @Nullable Identity identity(Row row, IdentityKind kind, String column) {
        String key = row.getString(column + "_key");
        return key == null ? null : new Identity(kind, "", key, row.getString(column));
    }
}
