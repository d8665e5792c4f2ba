using Microsoft.AspNetCore.Antiforgery;

namespace LogisticsAdmin.Components;

/// <summary>
/// Answers a form whose antiforgery token is not valid with 400, which becomes a page that keeps what was typed. Without it, pages and endpoints
/// would each fail in their own way.
/// </summary>
internal sealed class StaleFormMiddleware(RequestDelegate next, ILogger<StaleFormMiddleware> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } check)
        {
            await next(context);
            return;
        }
        log.FormNotApplied(check.Error?.Message);
        // The form can't be read as long as the result of the check is there.
        context.Features.Set<IAntiforgeryValidationFeature>(null);
        context.Features.Set(await StaleForm.ReadAsync(context));
        context.Response.StatusCode =
            (check.Error?.InnerException as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
    }
}
