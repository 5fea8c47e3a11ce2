package io.snowball.consent.control;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of internal control. */
final class ControlApi {
    private static final String NO_NUL = "[^\\x00]*";

    private ControlApi() {}

    record GrantAccess(
            @Schema(examples = "Иванова Мария Петровна") @NotBlank @Size(max = 200) @Pattern(regexp = NO_NUL)
            String fullName,

            @Schema(examples = "менеджер по продажам") @NotBlank @Size(max = 200) @Pattern(regexp = NO_NUL)
            String post,

            @Schema(
                    examples = "01890a5d-ac96-774b-bcce-b302099a8057",
                    description = "The id of the person's user in the system; absent where it is access without one")
            @Size(max = 100)
            @Pattern(regexp = NO_NUL)
            @Nullable
            String userId,

            @Schema(examples = "профили и заказы клиентов", description = "To which data")
            @NotBlank
            @Size(max = 500)
            @Pattern(regexp = NO_NUL)
            String scope,

            @Schema(examples = "приказ № 12 от 01.11.2026") @NotBlank @Size(max = 300) @Pattern(regexp = NO_NUL)
            String basis,

            @Schema(examples = "2026-11-01") @NotNull LocalDate grantedOn) {}

    record EndAccess(
            @Schema(examples = "2026-12-01") @NotNull LocalDate endedOn) {}

    record AccessPersonView(
            @NotNull UUID id,
            @NotNull String fullName,
            @NotNull String post,
            @Nullable String userId,
            @NotNull String scope,
            @NotNull String basis,
            @NotNull LocalDate grantedOn,

            @Schema(description = "Absent: has access") @Nullable
            LocalDate endedOn) {}

    record AccessPersonList(
            @Schema(description = "Who has access first; at most 1,000") @NotNull
            List<AccessPersonView> items,

            @Schema(
                    description =
                            "Users who are in the access log of the last 90 days and not on the list: put them on it, or ask why they act")
            @NotNull
            List<String> unlistedUsers) {}

    record RecordReview(
            @Schema(examples = "2026-11-20") @NotNull LocalDate reviewedOn,

            @Schema(examples = "Цветкова А. Б., ООО «Аудит»") @NotBlank @Size(max = 500) @Pattern(regexp = NO_NUL)
            String reviewers,

            @Schema(examples = "Меры 4-го уровня исполнены; замечаний нет")
            @NotBlank
            @Size(max = 5000)
            @Pattern(regexp = NO_NUL)
            String findings,

            @NotNull Boolean effective) {}

    record EfficiencyReviewView(
            @NotNull UUID id,
            @NotNull LocalDate reviewedOn,
            @NotNull String reviewers,
            @NotNull String findings,
            @NotNull boolean effective,

            @Schema(description = "Three years later (order 21 of FSTEC, p. 6)") @NotNull
            LocalDate nextDueOn,

            @NotNull Instant recordedAt) {}

    record EfficiencyReviewList(
            @Schema(description = "Newest first, the last 200") @NotNull
            List<EfficiencyReviewView> items,

            @Schema(description = "No review yet, or the next one is overdue") @NotNull
            boolean overdue) {}

    enum SubjectAlert {
        NONE,
        /** 80 % of the threshold. */
        NEAR,
        REACHED
    }

    record SubjectCountView(
            @NotNull Instant countedAt,

            @Schema(examples = "81200", description = "People in the system") @NotNull
            long subjects,

            @Schema(examples = "243600", description = "Their addresses, numbers and ids") @NotNull
            long identifiers,

            @Schema(examples = "100000", description = "Decree 1119: above it the third level of protection applies")
            @NotNull
            long threshold,

            @Schema(examples = "81.2", description = "Per cent of the threshold") @NotNull
            double share,

            @NotNull SubjectAlert alert) {}

    record SubjectCountList(
            @Schema(description = "Newest first, the last 200") @NotNull
            List<SubjectCountView> items) {}
}
