package io.snowball.consent.incident;

import io.snowball.consent.access.AccessCounts.Scope;
import io.snowball.platform.money.Money;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of incidents. */
final class IncidentApi {
    private static final String NO_NUL = "[^\\x00]*";
    private static final int TEXT_MAX = 5000;

    private IncidentApi() {}

    record ReportIncident(
            @Schema(examples = "2026-11-21T22:15:00Z", description = "Starts both clocks; absent: now") @Nullable
            Instant discoveredAt,

            @Schema(examples = "Выгрузка клиентов найдена в открытом доступе")
            @NotBlank
            @Size(max = TEXT_MAX)
            @Pattern(regexp = NO_NUL)
            String what,

            @Schema(examples = "Утёк пароль подрядчика", description = "Supposed")
            @NotBlank
            @Size(max = TEXT_MAX)
            @Pattern(regexp = NO_NUL)
            String reasons,

            @Schema(examples = "ФИО, телефон; записи 2025 года", description = "Content and currency of the data")
            @NotBlank
            @Size(max = TEXT_MAX)
            @Pattern(regexp = NO_NUL)
            String data,

            @Schema(examples = "1200", description = "People affected") @Min(0) @NotNull
            Long subjects,

            @Schema(
                    examples = "3600",
                    description =
                            "Unique designations of people in your systems: addresses, numbers, customer ids (note 4 to KoAP 13.11)")
            @Min(0)
            @NotNull
            Long identifiers,

            @Schema(examples = "Возможны нежелательные звонки")
            @NotBlank
            @Size(max = TEXT_MAX)
            @Pattern(regexp = NO_NUL)
            String harm,

            @Schema(examples = "Доступ закрыт, пароли сменены")
            @NotBlank
            @Size(max = TEXT_MAX)
            @Pattern(regexp = NO_NUL)
            String measures,

            @Schema(examples = "форум", description = "Where the data appeared")
            @Size(max = TEXT_MAX)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String whereFound,

            @Schema(description = "What was told to GosSOPKA, and its number")
            @Size(max = TEXT_MAX)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String gossopka) {}

    record IncidentSent(
            @Schema(examples = "РКН-2026-000123", description = "The number that the portal gave: the proof of sending")
            @NotBlank
            @Size(max = 300)
            @Pattern(regexp = NO_NUL)
            String reference) {}

    record IncidentResult(
            @Schema(examples = "Подрядчик хранил выгрузку без пароля", description = "What the investigation confirmed")
            @NotBlank
            @Size(max = TEXT_MAX)
            @Pattern(regexp = NO_NUL)
            String confirmed,

            @Schema(description = "Whose actions caused it, where they are known")
            @Size(max = TEXT_MAX)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String culprits,

            @Schema(examples = "1-И/2026") @NotBlank @Size(max = 100) @Pattern(regexp = NO_NUL)
            String actNumber,

            @Schema(examples = "РКН-2026-000124") @NotBlank @Size(max = 300) @Pattern(regexp = NO_NUL)
            String reference) {}

    record IncidentView(
            @NotNull UUID id,
            @Schema(examples = "3") @NotNull long number,

            @NotNull Instant discoveredAt,

            @Schema(description = "24 hours after the discovery") @NotNull
            Instant noticeDueAt,

            @Schema(description = "72 hours after the discovery") @NotNull
            Instant resultDueAt,

            @Schema(description = "One of the clocks has run out and nothing was sent") @NotNull
            boolean overdue,

            @NotNull String what,
            @NotNull String reasons,
            @NotNull String data,
            @NotNull long subjects,
            @NotNull long identifiers,
            @NotNull String harm,
            @NotNull String measures,
            @Nullable String whereFound,
            @Nullable String gossopka,
            @Nullable Instant noticeSentAt,
            @Nullable String noticeReference,
            @Nullable String confirmed,
            @Nullable String culprits,
            @Nullable String actNumber,
            @Nullable Instant resultSentAt,
            @Nullable String resultReference,

            @Schema(description = "What was counted from the access log; absent where nothing was") @Nullable
            IncidentCount counted,

            @Schema(description = "Absent where the leak is below every class") @Nullable
            FineView fine) {}

    @Schema(name = "LeakFine", description = "For a legal entity, in roubles")
    record FineView(
            @Schema(examples = "13.11 ч. 12") @NotNull String part,

            // Without an example of its own: the first amount of a contract would be described as an object.
            @NotNull Money min,

            @Schema(examples = "5000000.00") @NotNull Money max) {}

    record CountIncident(
            @Schema(examples = "2026-11-20T00:00:00Z") @NotNull
            Instant from,

            @Schema(examples = "2026-11-21T00:00:00Z") @NotNull
            Instant to,

            @Schema(description = "Only what this user or service did")
            @Size(max = 100)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String actor,

            @Schema(examples = "203.0.113.7", description = "Only what was done from there")
            @Size(max = 100)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String address,

            @Schema(examples = "customer", description = "Only what this service handed out")
            @Size(max = 30)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String source) {

        Scope scope() {
            return new Scope(from, to, actor, address, source);
        }
    }

    record IncidentCount(
            @NotNull Instant countedAt,

            @Schema(examples = "from=2026-11-20T00:00:00Z to=2026-11-21T00:00:00Z") @NotNull
            String scope,

            @Schema(examples = "40", description = "Of the access log") @NotNull
            long records,

            @Schema(examples = "1200", description = "Different people whose data were handed out") @NotNull
            long subjects,

            @Schema(
                    examples = "0",
                    description = "In batches of more than 1,000, which name nobody: on top, and perhaps counted twice")
            @NotNull
            long unnamed,

            @Schema(
                    examples = "3600",
                    description =
                            "Their customer ids and, as customer-service has them now, their addresses, numbers and outside ids")
            @NotNull
            long identifiers) {}

    record IncidentList(@NotNull List<IncidentView> items) {}
}
