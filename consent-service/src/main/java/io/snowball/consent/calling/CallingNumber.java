package io.snowball.consent.calling;

import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A number of ours. */
public record CallingNumber(
        @Schema(examples = "+74950000000") @NotNull String number,

        @Schema(examples = "ООО «Ромашка»", description = "What the called see; at most 32 characters") @NotNull
        String label,

        @Schema(examples = "Магазин") @NotNull String category,

        @Schema(examples = "Д-17/2026", description = "The contract with the operator of the number") @NotNull
        String contractId,

        @Schema(description = "Who dials: advertising is dialled by people only (38-FZ art. 18 p. 2)") @NotNull
        DialMode dialMode,

        @NotNull Instant addedAt,

        @Schema(description = "Absent: in use") @Nullable Instant removedAt) {
    public enum DialMode {
        HUMAN,
        ROBOT
    }
}
