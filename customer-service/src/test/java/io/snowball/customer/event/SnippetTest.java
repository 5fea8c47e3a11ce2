package io.snowball.customer.event;

import static io.snowball.customer.Shop.unique;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Route;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.snowball.customer.Shop;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The script on a page of the shop, in a real browser: C9, H1. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class SnippetTest {
    private static final List<String> QUIET =
            List.of("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking");

    @Inject
    Shop shop;

    @Test
    @DisplayName(
            "H1: asks first, then sends what the page sees with its cookie id, and the login makes it the customer's")
    void h01SendsWithACookieIdAndIsLinkedOnLogin() {
        try (Playwright playwright = Playwright.create(
                        new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
                Browser browser = playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(chromium())
                                .setArgs(QUIET))) {
            Page page = browser.newPage();
            String origin = "http://localhost:" + RestAssured.port;
            page.route(
                    url -> url.contains("/shop"),
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/html")
                            .setBody("""
                            <title>Шубы</title>
                            <script>window.snowball = [['track', 'search', {query: 'too early'}]]</script>
                            <script src="/snowball.js"></script>
                            """)));
            page.navigate(origin + "/shop?mail=anna@example.ru");
            assertThat(page.evaluate("snowball.visitorId()")).isNull();
            assertThat(page.context().cookies()).isEmpty();

            page.waitForResponse("**/w/events", () -> page.evaluate("""
                    () => { snowball.allow(); snowball.track('product_view', {sku: 'A-1'}); }
                    """));
            UUID visitor = UUID.fromString((String) page.evaluate("snowball.visitorId()"));
            assertThat(page.context().cookies())
                    .singleElement()
                    .satisfies(cookie -> assertThat(cookie.value).isEqualTo(visitor.toString()));
            assertThat(shop.count("select count(*) from event where visitor_id = $1", visitor))
                    .isEqualTo(2);

            String name = unique("c");
            UUID customer = Shop.customer(name);
            TestTokens.as(Roles.PARTNER)
                    .contentType(ContentType.JSON)
                    .body("{\"visitorId\":\"%s\",\"customerExternalId\":\"%s\"}".formatted(visitor, name))
                    .post("/api/v1/visitor-links")
                    .then()
                    .statusCode(200);
            var told = TestTokens.as(Roles.ADMIN).get("/api/v1/customers/" + customer + "/events");
            assertThat(told.jsonPath().getList("items.type", String.class))
                    .containsExactlyInAnyOrder("page_view", "product_view");
            assertThat(told.asString())
                    .contains("A-1", origin + "/shop")
                    .doesNotContain("anna@example.ru", "too early");

            page.evaluate("() => { snowball.forget(); snowball.track('search', {query: 'x'}); }");
            assertThat(page.evaluate("snowball.visitorId()")).isNull();
            assertThat(page.context().cookies()).isEmpty();
        }
    }

    /** Skips the test where there is no Chromium; not in CI, which installs it (.ci/run). */
    private static Path chromium() {
        Optional<Path> found = Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError("CI has no Chromium: .ci/run installs it by apt-get install chromium");
        }
        Assumptions.assumeTrue(found.isPresent(), "No Chromium in /usr/bin: the script was not run in a browser");
        return found.orElseThrow();
    }
}
