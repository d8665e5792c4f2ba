using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Net.Http.Headers;
using MudBlazor;

namespace LogisticsAdmin.Components;

/// <summary>
/// MudBlazor's variables for both themes as one stylesheet, rendered once. A theme provider in every open page would send and keep 25 KB of text
/// for each; the theme of a page is the attribute <c>data-theme</c> of its root instead.
/// </summary>
public sealed partial class ThemeStyles(IServiceScopeFactory scopes, ILoggerFactory logs)
{
    private const string Path = "theme.css";
    private readonly Lazy<Task<(string Css, string Version)>> _rendered = new(() => RenderAsync(scopes, logs));

    /// <summary>The address of the stylesheet, which changes with its content.</summary>
    public async Task<string> AddressAsync() => $"{Path}?v={(await _rendered.Value).Version}";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(Path, async (ThemeStyles styles, HttpResponse response) =>
    {
        response.Headers[HeaderNames.CacheControl] = "public, max-age=31536000, immutable";
        return Results.Text((await styles._rendered.Value).Css, "text/css", Encoding.UTF8);
    }).AllowAnonymous();

    private static async Task<(string Css, string Version)> RenderAsync(IServiceScopeFactory scopes, ILoggerFactory logs)
    {
        await using var scope = scopes.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, logs);
        var light = await BlocksAsync(isDark: false);
        var dark = (await BlocksAsync(isDark: true)).Where(block => block.StartsWith(":root", StringComparison.Ordinal));
        var css = string.Concat(light.Concat(dark.Select(block => block.Replace(":root", ":root[data-theme=dark]", StringComparison.Ordinal))));
        return (css, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(css)))[..12]);

        async Task<List<string>> BlocksAsync(bool isDark)
        {
            var parameters = ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(MudThemeProvider.Theme)] = OfficeTheme.Theme,
                [nameof(MudThemeProvider.IsDarkMode)] = isDark,
            });
            var html = await renderer.Dispatcher.InvokeAsync(async () =>
                (await renderer.RenderComponentAsync<MudThemeProvider>(parameters)).ToHtmlString());
            return [.. StyleBlock().Matches(html).Select(match => match.Groups["css"].Value.Trim())];
        }
    }

    [GeneratedRegex("<style[^>]*>(?<css>.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleBlock();
}
