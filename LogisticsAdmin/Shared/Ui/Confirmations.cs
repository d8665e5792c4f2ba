using MudBlazor;

namespace LogisticsAdmin.Shared.Ui;

/// <summary>The question before an action that is hard to take back, the same on every page.</summary>
public static class Confirmations
{
    extension(IDialogService dialogs)
    {
        /// <summary>True when the person confirmed; Escape, the backdrop and <paramref name="back"/> all mean no.</summary>
        public async Task<bool> ConfirmAsync(string title, string text, string yes, string back)
        {
            var parameters = new DialogParameters<ConfirmDialog> { { d => d.Text, text }, { d => d.Yes, yes }, { d => d.Back, back } };
            var dialog = await dialogs.ShowAsync<ConfirmDialog>(title, parameters, DialogSize.Narrow);
            return await dialog.Result is { Canceled: false };
        }
    }
}
