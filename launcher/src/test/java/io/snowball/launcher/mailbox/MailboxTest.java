package io.snowball.launcher.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.snowball.launcher.machine.TcpPorts;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int smtpPort = TcpPorts.freeRow(2);
    private final Mailbox mailbox = Mailbox.start("127.0.0.1", smtpPort, smtpPort + 1);

    @AfterEach
    void close() {
        mailbox.close();
    }

    @Test
    void showsARussianMailOfSeveralParts() throws Exception {
        sendRussian("Анна, скидка 10 % только для вас", "anna@example.ru");

        JsonNode list = json("/api/messages");
        assertThat(list.at("/items/0/subject").asText()).isEqualTo("Анна, скидка 10 % только для вас");
        assertThat(list.at("/items/0/recipients/0").asText()).isEqualTo("anna@example.ru");
        assertThat(list.at("/items/0/from").asText()).isEqualTo("Магазин «Снежок» <shop@example.ru>");

        JsonNode mail = json("/api/messages/1");
        assertThat(mail.at("/text").asText()).isEqualTo("Здравствуйте, Анна!");
        assertThat(mail.at("/html").asText()).contains("<b>Здравствуйте</b>");
        assertThat(mail.at("/headers").findValuesAsText("name")).contains("List-Unsubscribe");

        assertThat(get("/").body()).contains("Анна, скидка 10 % только для вас", "anna@example.ru");
        assertThat(get("/?q=СКИДКА").body()).contains("anna@example.ru");
        assertThat(get("/?q=мимо").body()).contains("Nothing found");
        assertThat(get("/messages/1").body()).contains("<iframe", "sandbox=\"allow-popups", "List-Unsubscribe");
        assertThat(get("/messages/1?view=text").body()).contains("Здравствуйте, Анна!");
        assertThat(get("/messages/1?view=source").body()).contains("Content-Type: multipart/alternative");
        assertThat(get("/api/messages/1/raw").body()).contains("Subject: =?");
    }

    @Test
    void keepsAMailsContentHarmless() throws Exception {
        sendRussian("<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>@example.ru");

        assertThat(get("/").body()).doesNotContain("<script>alert").doesNotContain("<img src=x");
        assertThat(get("/messages/1").body()).doesNotContain("<script>alert").doesNotContain("<img src=x");
        assertThat(policy("/messages/1"))
                .contains("default-src 'none'", "script-src 'self'")
                .doesNotContain("unsafe");
        assertThat(policy("/messages/1/html"))
                .startsWith("sandbox allow-popups")
                .contains("default-src 'none'")
                .doesNotContain("script");
        assertThat(get("/api/messages/1/raw").headers().firstValue("Content-Type"))
                .contains("text/plain; charset=utf-8");
    }

    @Test
    void takesPipelinedEightBitMailAndOutlivesACutConnection() throws Exception {
        try (Socket cut = new Socket(InetAddress.ofLiteral("127.0.0.1"), smtpPort)) {
            cut.getOutputStream()
                    .write("EHLO x\r\nMAIL FROM:<a@b.ru>\r\nRCPT TO:<c@d.ru>\r\nDATA\r\nSubject: ha"
                            .getBytes(StandardCharsets.US_ASCII));
        }
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), smtpPort)) {
            String mail =
                    "MAIL FROM:<a@b.ru>\r\nRCPT TO:<c%d@d.ru>\r\nDATA\r\nSubject: Привет %d\r\n\r\n..Точка\r\n.\r\n";
            OutputStream out = socket.getOutputStream();
            out.write(("EHLO x\r\n" + mail.formatted(1, 1) + mail.formatted(2, 2) + "QUIT\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.lines().toList()).last().asString().startsWith("221");
        }
        JsonNode list = json("/api/messages?after=0");
        assertThat(list.at("/items").findValuesAsText("subject")).containsExactly("Привет 1", "Привет 2");
        assertThat(json("/api/messages/2").at("/text").asText().strip()).isEqualTo(".Точка");
    }

    @Test
    void pagesInBothDirectionsAndEmpties() throws Exception {
        for (int i = 1; i <= 5; i++) {
            sendRussian("Письмо " + i, "c" + i + "@example.ru");
        }
        JsonNode follow = json("/api/messages?after=1&limit=2");
        assertThat(follow.at("/items").findValuesAsText("n")).containsExactly("2", "3");
        assertThat(follow.at("/nextAfter").asLong()).isEqualTo(3);
        JsonNode newest = json("/api/messages?limit=2");
        assertThat(newest.at("/items").findValuesAsText("n")).containsExactly("5", "4");
        assertThat(json("/api/messages?before=" + newest.at("/nextBefore").asLong())
                        .at("/items")
                        .findValuesAsText("n"))
                .containsExactly("3", "2", "1");

        assertThat(send("DELETE", "/api/messages").statusCode()).isEqualTo(204);
        assertThat(json("/api/messages").at("/total").asInt()).isZero();
        assertThat(json("/api/messages").at("/last").asInt()).isEqualTo(5);
        assertThat(get("/").body()).contains("No mail yet");
    }

    @Test
    void refusesWhatMakesNoSense() throws Exception {
        assertThat(get("/api/messages?limit=x").statusCode()).isEqualTo(400);
        assertThat(get("/api/messages?limit=0").statusCode()).isEqualTo(400);
        assertThat(get("/api/messages/7").statusCode()).isEqualTo(404);
        assertThat(get("/messages/7").body()).contains("not here any more");
        assertThat(get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(send("POST", "/api/messages").statusCode()).isEqualTo(405);
        assertThat(rawRequest("GET / HTTP/1.0\r\nHost: evil.example\r\n\r\n")).contains("403 Forbidden");
    }

    private void sendRussian(String subject, String to) throws Exception {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.from", "shop@example.ru");
        properties.put("mail.smtp.port", Integer.toString(smtpPort));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom(new InternetAddress("shop@example.ru", "Магазин «Снежок»", "utf-8"));
        message.addHeader("List-Unsubscribe", "<https://example.ru/u/1>");
        message.setSubject(subject, "utf-8");
        MimeBodyPart text = new MimeBodyPart();
        text.setText("Здравствуйте, Анна!", "utf-8");
        MimeBodyPart html = new MimeBodyPart();
        html.setText("<p><b>Здравствуйте</b>, Анна!</p><script>alert(1)</script>", "windows-1251", "html");
        message.setContent(new MimeMultipart("alternative", text, html));
        InternetAddress recipient = new InternetAddress();
        recipient.setAddress(to);
        message.saveChanges();
        if (to.contains("<")) {
            // No honest client would send such an address: put it into the header only.
            message.setHeader("From", to);
            recipient.setAddress("x@example.ru");
        }
        Transport.send(message, new InternetAddress[] {recipient});
        assertThat(message.getRecipients(Message.RecipientType.TO)).isNull();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(get(path).body());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path);
    }

    private String policy(String path) throws IOException, InterruptedException {
        return get(path).headers().firstValue("Content-Security-Policy").orElse("");
    }

    private HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        String url = "http://localhost:" + (smtpPort + 1)
                + path.replace("СКИДКА", "%D0%A1%D0%9A%D0%98%D0%94%D0%9A%D0%90")
                        .replace("мимо", "%D0%BC%D0%B8%D0%BC%D0%BE");
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(request, BodyHandlers.ofString());
    }

    private String rawRequest(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), smtpPort + 1)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
