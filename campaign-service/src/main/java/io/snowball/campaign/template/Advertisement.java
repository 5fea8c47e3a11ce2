package io.snowball.campaign.template;

import io.snowball.campaign.Storable;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The label of an advertisement in the Internet (38-FZ art. 18.1, requirement r18). A shop's own offer to its own subscribers may go without;
 * a third party's, or one that anybody can read, may not.
 */
@Schema(
        name = "Advertisement",
        description = "The label of an advertisement: shown at the end of the message where set")
record Advertisement(
        @Schema(
                examples = "2VtzqvErXyZ",
                description = "The token that the operator of advertising data gave for this creative")
        @Nullable
        @Pattern(regexp = "[A-Za-z0-9_-]{5,100}")
        String erid,

        @Schema(examples = "ООО «Ромашка», ИНН 7700000000", description = "Whose advertisement it is")
        @Nullable
        @Size(min = 1, max = 300)
        @Pattern(regexp = Storable.NO_NUL)
        String advertiser,

        @Schema(description = "Shows the word Реклама") @Nullable
        Boolean mark,

        @Schema(description = "There is a third party's offer in it: no launch without erid, advertiser and mark")
        @Nullable
        Boolean thirdPartyOffer,

        @Schema(description = "For a channel that anybody can read: no launch without erid, advertiser and mark")
        @Nullable
        Boolean publicChannel) {
    static final Advertisement NONE = new Advertisement(null, null, null, null, null);

    boolean isThirdPartys() {
        return Boolean.TRUE.equals(thirdPartyOffer);
    }

    boolean isMarked() {
        return Boolean.TRUE.equals(mark);
    }

    boolean isPublic() {
        return Boolean.TRUE.equals(publicChannel);
    }

    /** What the law wants of it and is not there. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (isThirdPartys() || isPublic()) {
            if (erid == null) {
                missing.add("erid");
            }
            if (advertiser == null || advertiser.isBlank()) {
                missing.add("advertiser");
            }
            if (!isMarked()) {
                missing.add("mark");
            }
        }
        return missing;
    }

    /** One line at the end of the message. */
    Optional<String> label() {
        List<String> parts = new ArrayList<>();
        if (isMarked()) {
            parts.add("Реклама");
        }
        if (advertiser != null && !advertiser.isBlank()) {
            parts.add(advertiser.strip());
        }
        if (erid != null) {
            parts.add("erid: " + erid);
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", parts));
    }
}
