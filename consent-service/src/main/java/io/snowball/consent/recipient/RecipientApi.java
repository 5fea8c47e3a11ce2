package io.snowball.consent.recipient;

import io.snowball.platform.access.Accessed;
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

/** The wire types of notices to recipients. */
final class RecipientApi {
    private RecipientApi() {}

    @Schema(name = "RecipientNoticeState")
    enum State {
        OPEN,
        SENT,
        ACKNOWLEDGED
    }

    record RecipientNoticeProof(
            @Schema(
                    examples = "исх. 17 от 27.11.2026",
                    description = "By which it can be shown: a number, an id of a mail")
            @NotBlank
            @Size(max = 300)
            @Pattern(regexp = "[^\\x00]*")
            String reference) {}

    record RecipientNoticeView(
            @NotNull UUID id,
            @Schema(examples = "7") @NotNull long number,

            @Schema(description = "The id under which the recipient has the person from us") @NotNull
            UUID customerId,

            @Schema(examples = "ООО «Почта», г. Москва: доставка писем", description = "As the purpose names it")
            @NotNull
            String recipient,

            @NotNull What what,

            @Schema(examples = "SUBJECT_REQUEST", description = "SUBJECT_REQUEST or DESTRUCTION") @NotNull
            String cause,

            @Schema(description = "The request or the destruction") @NotNull
            UUID causeId,

            @NotNull State state,

            @Schema(examples = "2026-12-08") @NotNull LocalDate dueOn,

            @Schema(description = "Not acknowledged and the day is over") @NotNull
            boolean overdue,

            @NotNull Instant createdAt,
            @Nullable Instant sentAt,
            @Nullable String sentReference,
            @Nullable Instant acknowledgedAt,
            @Nullable String acknowledgement)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }
    }

    record RecipientNoticePage(
            @NotNull List<RecipientNoticeView> items,
            @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream()
                    .map(RecipientNoticeView::customerId)
                    .distinct()
                    .toList();
        }
    }
}
