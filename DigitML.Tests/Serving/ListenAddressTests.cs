using DigitML.Engine;
using DigitML.Server;
using DigitML.Tests.EndToEnd;

namespace DigitML.Tests.Serving;

public class ListenAddressTests
{
    [Theory]
    [InlineData("http://localhost:5080", "http://localhost:5080/", true)]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:0/", true)]
    [InlineData("http://[::1]:5080", "http://[::1]:5080/", true)]
    [InlineData("http://0.0.0.0:8080", "http://0.0.0.0:8080/", false)]
    [InlineData("http://*:8080", "http://*:8080", false)]
    [InlineData("http://+:8080", "http://+:8080", false)]
    [InlineData("http://192.0.2.7:8080", "http://192.0.2.7:8080/", false)]
    public void Addresses_are_taken(string text, string url, bool isLocal) => Assert.Equal(new ListenAddress(url, isLocal), ListenAddress.Parse(text));

    [Theory]
    [InlineData("http://some-invented-name:8080", "some-invented-name")]
    [InlineData("http://localhost.example:8080", "localhost.example")]
    [InlineData("http://127.0.0.1.example", "127.0.0.1.example")]
    public void A_host_name_is_refused(string text, string host)
    {
        string rule = $"--urls has the host \"{host}\", a name; use an address: localhost for this machine only, an IP address of this machine, or 0.0.0.0 for all of them.";
        Assert.Equal(rule, Assert.Throws<DigitMLException>(() => ListenAddress.Parse(text)).Message);
        ConsoleRun run = ConsoleRun.Of("serve", "--urls", text);
        Assert.Equal((2, $"error: {rule} See digitml serve --help.\n"), (run.ExitCode, run.Error));
    }

    [Theory]
    [InlineData("localhost:5080")]
    [InlineData("https://localhost:5080")]
    [InlineData("http://localhost:5080/path")]
    [InlineData("http://user@localhost:5080")]
    [InlineData("http://*.example:5080")]
    [InlineData("http://")]
    public void What_is_no_http_address_is_refused(string text) =>
        Assert.Equal($"--urls is \"{text}\"; it must be a URL such as http://127.0.0.1:5080.", Assert.Throws<DigitMLException>(() => ListenAddress.Parse(text)).Message);
}
