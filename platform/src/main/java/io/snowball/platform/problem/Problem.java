package io.snowball.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire shape of an error. */
@Schema(name = "Problem", description = "RFC 9457 problem details. Switch on type, never on title or detail.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        @Schema(examples = "/problems/not-found", description = "Stable identifier of the kind of problem") @NotNull
        String type,

        @Schema(examples = "Not found") @NotNull String title,

        @Schema(examples = "404") @NotNull int status,

        @Schema(examples = "There is no such customer", description = "What to do about it") @Nullable
        String detail,

        @Schema(
                examples = "/api/v1/customers/01890a5d-ac96-774b-bcce-b302099a8057",
                description = "The path that was asked for")
        @Nullable
        String instance,

        @Schema(
                examples = "01890a5d-ac96-774b-bcce-b302099a8057",
                description = "Names the line in our log; quote it when you report a fault")
        @Nullable
        String traceId,

        @Schema(description = "What is wrong with which field; only for 400")
        List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    @Schema(name = "FieldError")
    public record FieldError(
            @Schema(
                    examples = "/lines/0/quantity",
                    description = "RFC 6901 JSON pointer into the body, or the parameter's name")
            @NotNull
            String pointer,

            @Schema(examples = "must-be-positive") @NotNull String code,

            @Schema(examples = "must be greater than 0") @NotNull
            String detail) {}
}
