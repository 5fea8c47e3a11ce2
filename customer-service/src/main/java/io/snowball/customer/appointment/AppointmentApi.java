package io.snowball.customer.appointment;

import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.customer.UserIds;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.time.TimeBounds;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Appointments on the wire. */
final class AppointmentApi {
    static final int MAX_PLACES = 1000;
    private static final int MAX_TITLE = 200;
    private static final int MAX_ADDRESS = 500;
    private static final int MAX_LINK = 1000;
    private static final Duration MAX_LENGTH = Duration.ofDays(31);

    private AppointmentApi() {}

    @Schema(name = "CreateAppointment")
    record CreateAppointment(
            @Schema(description = "With whom; an old id of a merged customer will do") @NotNull
            UUID customerId,

            @NotNull AppointmentData details) {}

    @Schema(name = "AppointmentData", description = "What you leave out is forgotten. An address or a link, or both")
    record AppointmentData(
            @Schema(description = "A deal of this customer") @Nullable
            UUID dealId,

            @NotNull Participant participant,

            @Schema(
                    examples = "manager-7",
                    description = "The user who meets the customer, by id or login; told on the feed")
            @Nullable
            String managerId,

            @Schema(examples = "Показ станка", maxLength = MAX_TITLE) @NotNull
            String title,

            @Schema(examples = "2027-01-14T07:00:00Z") @NotNull
            Instant startsAt,

            @Schema(examples = "2027-01-14T08:00:00Z", description = "At most 31 days after the beginning") @NotNull
            Instant endsAt,

            @Schema(examples = "Asia/Omsk", description = "In which a reminder names the time") @NotNull
            String timeZone,

            @Schema(examples = "Омск, ул. Ленина, 1, офис 5", maxLength = MAX_ADDRESS) @Nullable
            String address,

            @Schema(examples = "https://meet.example.ru/abc", maxLength = MAX_LINK) @Nullable
            String link) {
        /** @throws io.snowball.platform.problem.ProblemException with all that is wrong */
        Appointment.Details toDetails() {
            FieldErrors errors = new FieldErrors();
            String manager = errors.read("/managerId", () -> UserIds.optional(managerId));
            String cleanTitle = errors.read("/title", () -> CleanText.required(title, MAX_TITLE));
            Instant from = errors.read("/startsAt", () -> time(startsAt));
            Instant to = errors.read("/endsAt", () -> end(startsAt, time(endsAt)));
            String zone = errors.read("/timeZone", () -> zone(timeZone));
            String cleanAddress = errors.read("/address", () -> CleanText.optional(address, MAX_ADDRESS));
            String cleanLink = errors.read("/link", () -> link(link));
            errors.throwIfAny();
            return new Appointment.Details(
                    dealId,
                    participant,
                    manager,
                    String.valueOf(cleanTitle),
                    from == null ? startsAt : from,
                    to == null ? endsAt : to,
                    String.valueOf(zone),
                    cleanAddress,
                    cleanLink);
        }

        /** In microseconds, as the database keeps it. */
        private static Instant time(Instant at) {
            return TimeBounds.check(at).truncatedTo(ChronoUnit.MICROS);
        }

        private static Instant end(Instant startsAt, Instant endsAt) {
            if (!endsAt.isAfter(startsAt) || endsAt.isAfter(startsAt.plus(MAX_LENGTH))) {
                throw new IllegalArgumentException("must be after the beginning, by at most 31 days");
            }
            return endsAt;
        }

        private static String zone(String text) {
            String name = CleanText.required(text, 50);
            try {
                return ZoneId.of(name).getId();
            } catch (DateTimeException _) {
                throw new IllegalArgumentException("must be a time zone such as Europe/Moscow");
            }
        }

        private static @Nullable String link(@Nullable String text) {
            String clean = CleanText.optional(text, MAX_LINK);
            if (clean == null) {
                return null;
            }
            try {
                URI uri = new URI(clean);
                if ("https".equals(uri.getScheme()) && uri.getHost() != null && uri.getUserInfo() == null) {
                    return clean;
                }
            } catch (java.net.URISyntaxException _) {
                // Refused below: the message of the cause would repeat the link.
            }
            throw new IllegalArgumentException("must be an https link");
        }
    }

    @Schema(name = "AppointmentStep")
    record AppointmentStep(@NotNull AppointmentState state) {}

    @Schema(name = "AppointmentView")
    record AppointmentView(
            @NotNull UUID id,

            @Schema(description = "Send it as If-Match when you change the appointment") @NotNull
            int version,

            @NotNull UUID customerId,
            @NotNull AppointmentState state,
            @NotNull Instant createdAt,
            @Nullable UUID dealId,
            @NotNull Participant participant,
            @Nullable String managerId,

            @Schema(
                    description =
                            "Title, address and link are left out for roles without the right to see personal data")
            @Nullable
            String title,

            @NotNull Instant startsAt,
            @NotNull Instant endsAt,
            @NotNull String timeZone,
            @Nullable String address,
            @Nullable String link)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }

        static AppointmentView of(Appointment appointment, boolean texts) {
            Appointment.Details details = appointment.details();
            return new AppointmentView(
                    appointment.id(),
                    appointment.version(),
                    appointment.customerId(),
                    appointment.state(),
                    appointment.createdAt(),
                    details.dealId(),
                    details.participant(),
                    details.managerId(),
                    texts ? details.title() : null,
                    details.startsAt(),
                    details.endsAt(),
                    details.timeZone(),
                    texts ? details.address() : null,
                    texts ? details.link() : null);
        }
    }

    @Schema(name = "AppointmentPage")
    record AppointmentPage(
            @NotNull List<AppointmentView> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(AppointmentView::customerId).toList();
        }

        static AppointmentPage of(Keyset<Appointment> page, boolean texts) {
            return new AppointmentPage(
                    page.map(each -> AppointmentView.of(each, texts)).items(), page.nextCursor());
        }
    }

    @Schema(name = "AppointmentPlaceRequest")
    record AppointmentPlaceRequest(
            @NotEmpty @Size(max = MAX_PLACES) List<@NotNull UUID> appointmentIds) {}

    @Schema(name = "AppointmentPlaceList", description = "In no particular order")
    record AppointmentPlaceList(@NotNull List<AppointmentPlace> items) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(AppointmentPlace::customerId).toList();
        }
    }

    @Schema(name = "AppointmentPlace")
    record AppointmentPlace(
            @NotNull UUID appointmentId,
            @NotNull UUID customerId,
            @NotNull String title,
            @NotNull Instant startsAt,
            @NotNull Instant endsAt,
            @NotNull String timeZone,
            @Nullable String address,
            @Nullable String link) {
        static AppointmentPlace of(Appointment appointment) {
            Appointment.Details details = appointment.details();
            return new AppointmentPlace(
                    appointment.id(),
                    appointment.customerId(),
                    details.title(),
                    details.startsAt(),
                    details.endsAt(),
                    details.timeZone(),
                    details.address(),
                    details.link());
        }
    }
}
