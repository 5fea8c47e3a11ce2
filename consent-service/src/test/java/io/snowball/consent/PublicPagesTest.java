package io.snowball.consent;

import static io.snowball.consent.Samples.advertisingDocument;
import static io.snowball.consent.Samples.record;
import static io.snowball.consent.Samples.unconfirmed;
import static io.snowball.platform.testkit.TestTokens.as;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.security.SignedLinks;
import io.snowball.platform.testkit.TestDatabase;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * B2: what customers see, in a real browser. No other service runs beside this one in its tests, so these pages need none; and
 * they are used here without scripts.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PublicPagesTest {
    private static Browser browser;

    private final UUID customer = Ids.next();

    @TestHTTPResource("/")
    URI root = URI.create("http://localhost/");

    @Inject
    SignedLinks links;

    private String preferences = "";
    private String confirmation = "";
    private String unsubscribe = "";

    @BeforeAll
    static void openBrowser() {
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void linksToOnePerson() {
        confirmation = path(record(unconfirmed(customer, advertisingDocument())).path("confirmationUrl"));
        as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"text\": \"1. Общие положения\\n2. Цели\"}")
                .post("/api/v1/policies/it/versions")
                .then()
                .statusCode(201);
        // Of somebody who has said nothing yet.
        UUID visitor = Ids.next();
        preferences = path(as(Roles.DPO)
                .contentType(ContentType.JSON)
                .body("{\"customerId\": \"%s\", \"channel\": \"EMAIL\"}".formatted(visitor))
                .post("/api/v1/preference-links")
                .path("url"));
        unsubscribe = "/u/" + links.sign("unsubscribe", payload());
    }

    @ParameterizedTest
    @CsvSource({"ru, 1280, 900", "ru, 360, 740", "en, 1280, 900", "en, 360, 740"})
    @DisplayName(
            "B2: every public page passes axe in Russian and English, on a desktop and on a phone, and is no wider than the screen")
    void b2EveryPagePassesAxe(String language, int width, int height) {
        try (Page page = browser.page(language, width, height, true)) {
            look(page, preferences, "preferences");
            page.locator("input[name=on]").first().check();
            page.locator("form").first().locator("button").click();
            looksGood(page, "preferences-saved");
            look(page, unsubscribe, "unsubscribe");
            page.locator("button").click();
            looksGood(page, "unsubscribed");
            look(page, confirmation, "confirmation");
            page.locator("button").click();
            looksGood(page, "confirmed");
            look(page, "/p/policy", "policy");
            look(page, "/u/broken", "unsubscribe-broken");
            look(page, "/p/broken", "preferences-broken");
            look(page, "/y/broken", "confirmation-broken");
        }
    }

    @Test
    @DisplayName("B2: the dark colours have contrast enough, too")
    void b2TheDarkColoursPassAxe() {
        try (Page page = browser.page("ru", 1280, 900, true)) {
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(com.microsoft.playwright.options.ColorScheme.DARK));
            look(page, preferences, "dark-preferences");
            look(page, unsubscribe, "dark-unsubscribe");
        }
    }

    @Test
    @DisplayName(
            "B2: without scripts a person chooses, withdraws all, takes their data and asks a question, with every other service down")
    void b2WorksWithoutScriptsAndWithoutAnyOtherService() {
        try (Page page = browser.page("ru", 1280, 900, false)) {
            page.navigate(root.resolve(preferences).toString());
            Locator box = page.locator("input[name=on]").first();
            assertThat(box.isChecked()).as("r05: empty at first").isFalse();
            box.check();
            page.locator("form").first().locator("button").click();
            assertThat(page.locator("[role=status]").innerText()).contains("Сохранено");
            assertThat(page.locator("input[name=on]").first().isChecked()).isTrue();

            Download receipt = page.waitForDownload(
                    () -> page.locator(".receipts a[download]").first().click());
            assertThat(receipt.suggestedFilename()).as("r08").startsWith("consent-receipt-iso-27560-");
            Download file = page.waitForDownload(() ->
                    page.locator("section[aria-labelledby=data] a[download]").click());
            assertThat(file.failure()).isNull();

            page.locator("input[name=contact]").fill("anna@example.ru");
            page.locator("textarea").fill("Что вы обо мне знаете?");
            page.locator("form").last().locator("button").click();
            assertThat(page.locator("[role=status]").innerText()).isNotBlank();

            page.locator("form[action$=withdrawals] button").click();
            assertThat(page.locator("[role=status]").innerText()).contains("Все согласия отозваны");
            assertThat(page.locator("input[name=on]").first().isChecked()).isFalse();

            page.navigate(root.resolve(unsubscribe).toString());
            page.locator("button").click();
            assertThat(page.locator("h1").innerText()).contains("Вы отписаны");
        }
    }

    @Test
    @DisplayName("B2: everything can be reached and used by the keyboard alone")
    void b2WorksByKeyboard() {
        try (Page page = browser.page("en", 1280, 900, true)) {
            page.navigate(root.resolve(unsubscribe).toString());
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("BUTTON");
            page.keyboard().press("Enter");
            page.locator("[role=status]").waitFor();
            assertThat(page.locator("h1").innerText()).isNotBlank();
        }
    }

    /** As campaign-service makes it: message, customer, purpose and channel. */
    private byte[] payload() {
        byte[] text = "marketing|EMAIL".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(32 + text.length)
                .putLong(1)
                .putLong(1)
                .putLong(customer.getMostSignificantBits())
                .putLong(customer.getLeastSignificantBits())
                .put(text)
                .array();
    }

    private void look(Page page, String path, String name) {
        page.navigate(root.resolve(path).toString());
        looksGood(page, name);
    }

    private static void looksGood(Page page, String name) {
        int width = page.viewportSize().width;
        String file = "%s-%s-%d.png".formatted(name, page.locator("html").getAttribute("lang"), width);
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(Path.of("target", "pages", file)));
        List<String> faults = browser.faults(page);
        assertThat(faults).as("axe on %s", file).isEmpty();
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("%s is scrolled sideways", file)
                .isLessThanOrEqualTo(width);
    }

    private static String path(String url) {
        return URI.create(url).getPath();
    }
}
