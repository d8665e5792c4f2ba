using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.WebUtilities;

namespace LogisticsAdmin.Features.Voice;

/// <summary>The link "complain" on the pages of things.</summary>
internal sealed class ComplaintLink : IComplaintLink
{
    public LocalName Label { get; } = LocalName.Of<VoiceText>("Complain");

    public string AddressOf(string kind, string key) =>
        QueryHelpers.AddQueryString("my/voice/new", new Dictionary<string, string?> { ["about"] = kind, ["key"] = key });
}
