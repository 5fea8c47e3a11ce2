package io.snowball.customer.profile;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Declared attributes on the wire. */
final class AttributeApi {
    private AttributeApi() {}

    @Schema(name = "DeclareAttribute")
    record DeclareAttribute(
            @NotNull AttributeType type,

            @Schema(
                    description =
                            "Personal data: shown to roles that may see them, and not told to other services. Can't be changed later")
            boolean personal,

            @Schema(
                    examples = "[\"S\", \"M\", \"L\"]",
                    description = "Of a CHOICE: all values there are; later ones may be added")
            @Size(max = 100)
            @Nullable
            List<@NotNull String> choices) {}

    @Schema(name = "AttributeView")
    record AttributeView(
            @Schema(examples = "shoe_size") @NotNull String name,

            @NotNull AttributeType type,
            @NotNull boolean personal,
            @NotNull List<String> choices) {
        static AttributeView of(Attributes.Attribute attribute) {
            return new AttributeView(attribute.name(), attribute.type(), attribute.personal(), attribute.choices());
        }
    }

    @Schema(name = "AttributeList")
    record AttributeList(@NotNull List<AttributeView> items) {}
}
