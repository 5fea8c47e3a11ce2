package io.snowball.customer.calllist;

import io.snowball.customer.CleanText;
import io.snowball.customer.Codes;
import io.snowball.customer.FieldErrors;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.page.Keyset;
import io.snowball.platform.problem.ProblemException;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Call lists on the wire. */
final class CallListApi {
    static final int MAX_ENTRIES = 10_000;
    private static final int MAX_NAME = 100;
    private static final int MAX_OFFER = 2000;

    private CallListApi() {}

    @Schema(
            name = "CreateCallList",
            description = "Of the members of a segment, or of the customers named: one of the two")
    record CreateCallList(
            @Schema(examples = "Гарантия кончается в марте", maxLength = MAX_NAME) @NotNull
            String name,

            @Schema(
                    examples = "Продление гарантии за полцены, если решат до 1 марта",
                    description = "What to say; for the people who call",
                    maxLength = MAX_OFFER)
            @NotNull
            String offer,

            @Schema(examples = "marketing", description = "The purpose that consents are asked by") @NotNull
            String purpose,

            @Nullable UUID segmentId,

            @Schema(description = "1 to 10000; who is not known or blocked is left out")
            @Nullable
            @Size(min = 1, max = MAX_ENTRIES)
            List<@NotNull UUID> customerIds) {
        /** @throws ProblemException with all that is wrong */
        CallListSql.CallList toCallList(UUID id, String by, Instant now) {
            FieldErrors errors = new FieldErrors();
            String cleanName = errors.read("/name", () -> CleanText.required(name, MAX_NAME));
            String cleanOffer = errors.read("/offer", () -> CleanText.required(offer, MAX_OFFER));
            String code = errors.read("/purpose", () -> Codes.required(purpose));
            errors.throwIfAny();
            if ((segmentId == null) == (customerIds == null)) {
                throw ProblemException.invalidField("/segmentId", "one-of-two", "Give either segmentId or customerIds");
            }
            return new CallListSql.CallList(
                    id,
                    String.valueOf(cleanName),
                    String.valueOf(cleanOffer),
                    String.valueOf(code),
                    segmentId,
                    by,
                    now);
        }
    }

    @Schema(name = "CallListView")
    record CallListView(
            @NotNull UUID id,
            @NotNull String name,
            @NotNull String offer,
            @NotNull String purpose,
            @Nullable UUID segmentId,

            @Schema(description = "The user's id") @NotNull String createdBy,

            @NotNull Instant createdAt,

            @Schema(description = "People to call") @NotNull long entries,

            @Schema(examples = "{\"ACCEPTED\": 3, \"NO_ANSWER\": 7}", description = "How many calls came to what")
            @NotNull
            Map<String, Long> results) {
        static CallListView of(CallListSql.Counted counted) {
            CallListSql.CallList list = counted.list();
            return new CallListView(
                    list.id(),
                    list.name(),
                    list.offer(),
                    list.purpose(),
                    list.segmentId(),
                    list.createdBy(),
                    list.createdAt(),
                    counted.entries(),
                    counted.results());
        }
    }

    @Schema(name = "CallListPage")
    record CallListPage(
            @NotNull List<CallListView> items, @Nullable String nextCursor) {
        static CallListPage of(Keyset<CallListSql.Counted> page) {
            return new CallListPage(page.map(CallListView::of).items(), page.nextCursor());
        }
    }

    @Schema(name = "CallListEntryPage")
    record CallListEntryPage(
            @NotNull List<CallListEntryView> items,
            @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(CallListEntryView::customerId).toList();
        }
    }

    @Schema(name = "CallListEntryView")
    record CallListEntryView(
            @NotNull UUID id,
            @NotNull UUID customerId,

            @Schema(description = "Whether the person may be called now") @NotNull
            boolean mayCall,

            @Schema(
                    examples = "GIVEN",
                    description = "Why, in the words of consent-service; BLOCKED where the data are blocked")
            @NotNull
            String reason,

            @Schema(
                    examples = "+79123456789",
                    description = "Absent where the person may not be called; masked for a marketer")
            @Nullable
            String phone,

            @Nullable String firstName,

            @Schema(description = "Masked for a marketer") @Nullable
            String lastName,

            @Schema(examples = "Asia/Omsk") @Nullable String timeZone,

            @Nullable CallResult result,
            @Nullable Instant resultAt,
            @Nullable String resultBy) {}

    @Schema(name = "RecordCall")
    record RecordCall(@NotNull CallResult result) {}

    @Schema(name = "CallRecord")
    record CallRecord(
            @NotNull UUID id,
            @NotNull UUID customerId,
            @NotNull CallResult result,
            @NotNull Instant resultAt) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }
    }
}
