package io.snowball.customer.appointment;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A meeting as stored. */
record Appointment(UUID id, UUID customerId, Details details, AppointmentState state, Instant createdAt, int version) {

    /** What people agree on and change. */
    record Details(
            @Nullable UUID dealId,
            Participant participant,
            @Nullable String managerId,
            String title,
            Instant startsAt,
            Instant endsAt,
            String timeZone,
            @Nullable String address,
            @Nullable String link) {
        boolean isAtAnotherTimeThan(Details other) {
            return !startsAt.equals(other.startsAt) || !endsAt.equals(other.endsAt);
        }
    }

    static Appointment of(Row row) {
        return new Appointment(
                row.getUUID("id"),
                row.getUUID("customer_id"),
                new Details(
                        row.getUUID("deal_id"),
                        Participant.valueOf(row.getString("participant")),
                        row.getString("manager_id"),
                        row.getString("title"),
                        row.getOffsetDateTime("starts_at").toInstant(),
                        row.getOffsetDateTime("ends_at").toInstant(),
                        row.getString("time_zone"),
                        row.getString("address"),
                        row.getString("link")),
                AppointmentState.valueOf(row.getString("state")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getInteger("version"));
    }
}
