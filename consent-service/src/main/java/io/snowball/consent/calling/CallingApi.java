package io.snowball.consent.calling;

import io.snowball.consent.calling.CallingNumber.DialMode;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The wire types of our own numbers. */
final class CallingApi {
    static final int LABEL_MAX = 32;

    private CallingApi() {}

    record RegisterCallingNumber(
            @Schema(examples = "ООО «Ромашка»", description = "What the called see; at most 32 characters")
            @NotBlank
            @Size(max = LABEL_MAX)
            @Pattern(regexp = "[^\\x00]*")
            String label,

            @Schema(examples = "Магазин") @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\x00]*")
            String category,

            @Schema(examples = "Д-17/2026") @NotBlank @Size(max = 100) @Pattern(regexp = "[^\\x00]*")
            String contractId,

            @NotNull DialMode dialMode) {}

    record CallingNumberList(
            @Schema(description = "In use and of before, at most 1,000") @NotNull
            List<CallingNumber> items) {}
}
