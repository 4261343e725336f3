using Homestack.EndToEnd.Homes;
using Homestack.Machine;
using Homestack.Planes.Containers.EngineApi;

namespace Homestack.EndToEnd.Remote;

/// <summary>A container engine behind a port that asks for certificates.</summary>
[Collection(RemoteCollection.Name)]
public sealed class TlsTests(FarEngine far)
{
    [Fact]
    public async Task A_service_comes_up_changes_and_goes()
    {
        await using var home = new FarHousehold(far, "tls");
        home.On(far.TlsAddress, far.Certificates.Client).Write(new StackText().Worker("app", "test/app:1", "x-homestack: { host: far }"));
        await home.ConvergeAsync();
        (await home.PlanAsync()).Expect(0);

        home.Write(new StackText().Worker("app", "test/app:2", "x-homestack: { host: far }"));
        await home.ConvergeAsync();
        (await home.PlanAsync()).Expect(0);
        Assert.Equal("test/app:2", (string?)Assert.Single((await far.Engine.Api.GetAsync("containers/json?all=true")).AsArray())?["Image"]);
    }

    [Fact]
    public async Task An_engine_that_another_authority_vouches_for_is_not_believed()
    {
        var failure = await RefusedAsync(far.TlsAddress, far.Certificates.Stranger);
        Assert.Contains("does not prove who it is", failure.Words);
        Assert.Contains("openssl s_client", failure.Next);
    }

    [Fact]
    public async Task A_client_certificate_of_another_authority_is_told_to_be_refused()
    {
        var failure = await RefusedAsync(far.TlsAddress, far.Certificates.Forged);
        Assert.Contains("not accept our certificate", failure.Words);
        Assert.Contains("openssl s_client", failure.Next);
    }

    [Fact]
    public async Task A_client_certificate_that_is_out_of_date_or_missing_is_told_before_anything_is_sent()
    {
        var expired = await RefusedAsync(far.TlsAddress, far.Certificates.Expired);
        Assert.Contains("valid from", expired.Words);
        Assert.Contains("openssl x509", expired.Next);
        Assert.Contains("cert.pem", (await RefusedAsync(far.TlsAddress, far.Certificates.Nameless)).Words);
    }

    [Fact]
    public async Task A_certificate_is_valid_for_its_own_name_only() =>
        Assert.Contains("does not prove who it is", (await RefusedAsync(far.TlsAddress.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), far.Certificates.Client)).Words);

    [Fact]
    public async Task Without_certificates_only_this_machine_is_spoken_to()
    {
        Assert.Contains("anyone on the network path", (await RefusedAsync("tcp://192.0.2.1:2375", "")).Words);
        await using var home = new FarHousehold(far, "plain");
        var said = (await home.On("tcp://192.0.2.1:2375").Write(new StackText().Worker("app", "test/app:1", "x-homestack: { host: far }")).PlanAsync()).Expect(1);
        Assert.Contains("tls", said.Said);
    }

    private static async Task<MachineException> RefusedAsync(string address, string tls)
    {
        var failure = await Assert.ThrowsAsync<MachineException>(async () =>
        {
            using var client = new EngineReadClient(new(address, tls));
            await client.PingAsync(default);
        });
        Assert.True(failure.Kind == MachineFailure.Denied, $"{failure.Kind}: {failure.Words}");
        Assert.NotEqual("", failure.Next);
        return failure;
    }
}
