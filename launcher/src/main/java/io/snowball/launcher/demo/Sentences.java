package io.snowball.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Locale;

/** Words around numbers. */
final class Sentences {
    static final String LETTER = """
            <div style="font-family:Arial,sans-serif;max-width:560px;margin:0 auto;color:#1f2933">
              <h1 style="font-size:22px">Здравствуйте, {{ customer.first_name }}!</h1>
              <p>Вы с нами не в первый раз, и мы это ценим. До воскресенья — скидка 10&nbsp;% на все новые диски.</p>
              <p><a href="https://shop.example.com/new?from=demo"
                style="background:#2563eb;color:#ffffff;padding:12px 20px;border-radius:6px;text-decoration:none">Посмотреть новинки</a></p>
              <p style="font-size:13px;color:#52606d">Вы получили это письмо, потому что согласились на рекламу по электронной почте.
              <a href="{{ unsubscribe_url }}" style="color:#52606d">Отписаться</a></p>
            </div>
            """;

    private Sentences() {}

    static String money(JsonNode amount) {
        return String.format(Locale.ROOT, "%,.2f", new BigDecimal(amount.asText("0")))
                .replace(',', ' ');
    }

    static String estimate(JsonNode estimate) {
        return estimate.path("audience").asText() + " in the segment: "
                + estimate.path("withoutConsent").asText()
                + " did not agree, " + estimate.path("control").asText() + " are held out, "
                + estimate.path("toSend").asText() + " letters cost " + money(estimate.path("cost")) + " and take "
                + estimate.path("expectedSeconds").asText() + " s";
    }

    /** Whom the law kept us from writing to. */
    static long withoutConsent(JsonNode report) {
        long customers = 0;
        for (JsonNode reason : report.path("suppressedByReason")) {
            String name = reason.path("reason").asText();
            if (name.equals("NO_CONSENT") || name.equals("WITHDRAWN")) {
                customers += reason.path("customers").asLong();
            }
        }
        return customers;
    }

    static long buyers(JsonNode report) {
        return report.path("treated").path("buyers").asLong()
                + report.path("controlGroup").path("buyers").asLong();
    }

    static String report(JsonNode report) {
        JsonNode treated = report.path("treated");
        JsonNode control = report.path("controlGroup");
        StringBuilder text = new StringBuilder("\n  What the campaign brought\n\n");
        line(text, "in the segment", report.path("planned").asText());
        line(text, "without consent", withoutConsent(report) + "   not written to");
        line(text, "control group", report.path("control").asText() + "   could have been written to, held out");
        line(
                text,
                "sent",
                report.path("sent").asText() + "   " + report.path("delivered").asText() + " delivered, "
                        + report.path("uncertain").asText() + " uncertain, "
                        + report.path("failed").asText() + " failed");
        line(text, "opened", share(report, "opened"));
        line(text, "clicked", share(report, "clicked"));
        line(text, "unsubscribed", share(report, "unsubscribed"));
        line(text, "cost", money(report.path("cost")));
        text.append(String.format("%n  %-18s%14s%14s%n", "", "written to", "held out"));
        row(
                text,
                "customers",
                treated.path("customers").asText(),
                control.path("customers").asText());
        row(
                text,
                "bought",
                treated.path("buyers").asText(),
                control.path("buyers").asText());
        row(text, "conversion", percent(treated.path("conversion")), percent(control.path("conversion")));
        row(text, "revenue", money(treated.path("revenue")), money(control.path("revenue")));
        row(text, "per customer", money(treated.path("revenuePerCustomer")), money(control.path("revenuePerCustomer")));
        JsonNode uplift = report.path("conversionUplift");
        if (!uplift.isMissingNode()) {
            text.append(String.format(
                    "%n  Uplift of conversion: %s (95 %% interval %s … %s)%n",
                    percent(uplift.path("absolute")),
                    percent(uplift.path("absoluteLow")),
                    percent(uplift.path("absoluteHigh"))));
        }
        text.append("  ").append(report.path("summary").asText()).append('\n');
        return text.toString();
    }

    private static String share(JsonNode report, String what) {
        double sent = Math.max(1, report.path("sent").asLong());
        return String.format(
                Locale.ROOT,
                "%s   %.1f %% of sent",
                report.path(what).asText(),
                100 * report.path(what).asLong() / sent);
    }

    private static String percent(JsonNode share) {
        return share.isNumber() ? String.format(Locale.ROOT, "%.2f %%", 100 * share.asDouble()) : "–";
    }

    private static void line(StringBuilder text, String name, String value) {
        text.append(String.format("  %-18s %s%n", name, value));
    }

    private static void row(StringBuilder text, String name, String treated, String control) {
        text.append(String.format("  %-18s%14s%14s%n", name, treated, control));
    }
}
