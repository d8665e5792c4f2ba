using System.Net;
using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Checks the addresses that pages write, with the cookies of a client whose base address is the app's, a path included.</summary>
internal sealed partial class PrefixedAddresses(HttpClient client)
{
    /// <summary>The attributes that hold addresses; what is sent to the last ones is a post.</summary>
    public static readonly string[] Attributes = ["href", "src", "data-preview", "data-find-parts", .. Posted];

    private static string[] Posted => ["action", "formaction", "data-ask"];

    private readonly HashSet<Uri> _asked = [];

    public int Asked => _asked.Count;

    /// <summary>What leaves the app or is not found there, of pairs of attribute and address. Posts have no token, so none is applied.</summary>
    public async Task<IReadOnlyList<string>> WrongAsync(string page, IEnumerable<string[]> written, CancellationToken ct)
    {
        List<string> wrong = [];
        foreach (var (attribute, address) in written.Select(w => (w[0], w[1])).Where(w => !OtherScheme().IsMatch(w.Item2)))
        {
            var resolved = new Uri(client.BaseAddress!, address);
            if (!client.BaseAddress!.IsBaseOf(resolved) || address is ['#' or '?', ..])
            {
                wrong.Add($"{page} writes {address}");
                continue;
            }
            if (!_asked.Add(new UriBuilder(resolved) { Fragment = "" }.Uri)) continue;
            using var request = new HttpRequestMessage(Posted.Contains(attribute) ? HttpMethod.Post : HttpMethod.Get, resolved);
            if (request.Method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([]);
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            if (answer.StatusCode == HttpStatusCode.NotFound) wrong.Add($"{page} writes {address}, which is not found");
        }
        return wrong;
    }

    [GeneratedRegex("^(?!https?:)[a-z]+:")]
    private static partial Regex OtherScheme();
}
