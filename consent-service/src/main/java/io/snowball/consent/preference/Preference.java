package io.snowball.consent.preference;

import io.snowball.consent.consent.Channel;
import io.snowball.consent.document.ConsentDocuments.VersionRef;
import io.snowball.consent.document.PurposeApi;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The boxes of the page: one fieldset a purpose, one box a channel. */
public record Preference(
        String purpose,
        String title,
        @Nullable String text,
        @Nullable VersionRef version,
        List<Box> boxes) {
    /** @param pending ticked, and waiting for the owner of the address to confirm */
    public record Box(Preference of, Channel channel, boolean ticked, boolean pending) {
        /** The value of the box. */
        public String key() {
            return of.purpose() + "|" + channel;
        }

        /** What was shown, so that only what the person changes is changed, by the words that they saw. */
        public String shown() {
            VersionRef version = of.version();
            return key() + "|" + (version == null ? "" : version.documentId() + "." + version.version()) + "|"
                    + (ticked ? 1 : 0);
        }
    }

    /** What came back from {@link Box#shown}. */
    record Shown(String purpose, Channel channel, @Nullable VersionRef version, boolean ticked) {
        String key() {
            return purpose + "|" + channel;
        }

        static Optional<Shown> parse(String value) {
            String[] parts = value.split("\\|", -1);
            if (parts.length != 4 || !parts[0].matches(PurposeApi.CODE)) {
                return Optional.empty();
            }
            try {
                return Optional.of(
                        new Shown(parts[0], Channel.valueOf(parts[1]), version(parts[2]), parts[3].equals("1")));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }

        private static @Nullable VersionRef version(String text) {
            int dot = text.indexOf('.');
            return dot < 0
                    ? null
                    : new VersionRef(
                            UUID.fromString(text.substring(0, dot)), Integer.parseInt(text.substring(dot + 1)));
        }
    }
}
