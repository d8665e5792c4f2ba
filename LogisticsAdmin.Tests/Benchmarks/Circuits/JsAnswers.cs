using Microsoft.JSInterop;

namespace LogisticsAdmin.Tests.Benchmarks.Circuits;

/// <summary>Results of JS calls in place of a browser. Only results that are not nullable on the server need an entry.</summary>
internal static class JsAnswers
{
    private const string Bounds = """
        {"left":0,"top":0,"right":800,"bottom":600,"width":800,"height":600,"windowHeight":1080,"windowWidth":1920}
        """;

    public static string Answer(string identifier, JSCallResultType resultType) => identifier switch
    {
        "Blazor._internal.PageTitle.getAndRemoveExistingTitle" => "\"\"",
        "mudElementRef.getBoundingClientRect" => Bounds,
        "mudResizeListener.getBrowserWindowSize" => """{"width":1920,"height":1080}""",
        "mudResizeListener.matchMedia" => "true",
        "mudResizeObserver.connect" => "[]",
        "mudScrollListener.getCurrentScrollPosition" or "mudInput.getCaretPosition" => "0",
        "mudThemeProvider.isDarkMode" => "false",
        "mudpopoverHelper.countProviders" => "1",
        _ => resultType == JSCallResultType.JSObjectReference ? """{"__jsObjectId":1}""" : "null",
    };
}
