package io.snowball.campaign.confirmation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the mail says, in Russian or English. Nothing of the person and nothing to buy: FAS takes a request to confirm for no
 * advertising as long as it is only that.
 */
record ConfirmationText(String subject, String text, String html) {
    private static final String HTML = """
            <!DOCTYPE html>
            <html lang="%1$s"><body>
            <p>%2$s</p>
            <p><a href="%3$s">%4$s</a></p>
            <p>%5$s</p>
            </body></html>
            """;

    /** @param language as the customer has it; all but English get Russian */
    static ConfirmationText of(@Nullable String language, String sender, String link) {
        boolean english = language != null && language.toLowerCase(Locale.ROOT).startsWith("en");
        String name = "«" + sender + "»";
        return english
                ? text(
                        "en",
                        "Please confirm your address",
                        "Somebody, perhaps you, has asked " + sender + " to write to this address.",
                        link,
                        "Yes, write to me",
                        "If it was not you, do nothing: nobody will write to you.")
                : text(
                        "ru",
                        "Подтвердите, что это ваш адрес",
                        "Кто-то — возможно, вы — попросил " + name + " писать на этот адрес.",
                        link,
                        "Да, пишите мне",
                        "Если это были не вы, ничего не делайте: вам не напишут.");
    }

    private static ConfirmationText text(
            String language, String subject, String why, String link, String button, String otherwise) {
        return new ConfirmationText(
                subject,
                why + "\n\n" + button + ":\n" + link + "\n\n" + otherwise + "\n",
                HTML.formatted(language, escaped(why), escaped(link), escaped(button), escaped(otherwise)));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
