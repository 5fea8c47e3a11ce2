package io.snowball.consent;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The system's Chromium without a window. Its pages reach nobody but the service under test. */
final class Browser implements AutoCloseable {
    private static final List<String> QUIET = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;
    private final String axe;

    private Browser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(QUIET));
        axe = script();
    }

    /** Skips the test where there is no Chromium; not in CI, which installs it (.ci/run). */
    static Browser open() {
        Optional<Path> found = Stream.of("chromium", "chromium-browser", "google-chrome")
                .map(name -> Path.of("/usr/bin", name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && System.getenv("CI") != null) {
            throw new AssertionError("CI has no Chromium: .ci/run installs it by apt-get install chromium");
        }
        Assumptions.assumeTrue(found.isPresent(), "No Chromium in /usr/bin: the pages were not looked at in a browser");
        return new Browser(found.orElseThrow());
    }

    Page page(String language, int width, int height, boolean scripts) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setLocale(language)
                .setJavaScriptEnabled(scripts)
                .setViewportSize(width, height));
        return context.newPage();
    }

    /** What axe finds fault with: rule, and the elements. */
    @SuppressWarnings("unchecked")
    List<String> faults(Page page) {
        page.evaluate(axe);
        return (List<String>) page.evaluate("""
                () => axe.run(document).then(result =>
                  result.violations.map(fault => fault.id + ': ' + fault.nodes.map(node => node.html).join(' | ')))
                """);
    }

    private static String script() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(Objects.requireNonNull(in, "axe.min.js").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
